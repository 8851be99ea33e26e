import type { Panel } from "../draw/figure.js";

/** A table of texts. */
export interface Table {
  readonly title: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A part of a report: pictures beside each other, then tables. */
export interface Section {
  readonly title?: string;
  readonly note?: string;
  readonly panels?: readonly Panel[];
  readonly tables?: readonly Table[];
}

/** A table of numbers that a page carries, to be saved as CSV or JSON. */
export interface DataTable {
  /** of the file, without its ending */
  readonly name: string;
  /** CSV with one header line */
  csv(): Iterable<string>;
  /** what of the whole it is, where it isn't all */
  readonly note?: string;
}

/** What a page shows, top to bottom. */
export interface Report {
  readonly title: string;
  /** paragraphs below the title */
  readonly texts: readonly (string | undefined)[];
  /** what went wrong, or a verdict, in bold words and others */
  readonly alert?: readonly [bold: string, text: string];
  readonly sections: readonly Section[];
  /** the numbers behind the pictures */
  readonly data: readonly DataTable[];
  /** scenarios, resolved: each can be saved and run again */
  readonly scenarios: readonly { readonly name: string; readonly scenario: object }[];
  /** all that is needed to repeat the run */
  readonly record: object;
}
