import type { Agreement } from "../analyse/agreement.js";

/** The comparison at every dimension and time; z is empty where the runs don't differ. */
export function* agreementCsv({ perTime }: Agreement): Generator<string> {
  yield "dimension,t,theory,mean,standardError,z,apart\n";
  for (const { dimension, t, theory, mean, standardError, z, apart } of perTime) {
    yield `${dimension},${t},${theory},${mean},${standardError},${z ?? ""},${apart}\n`;
  }
}
