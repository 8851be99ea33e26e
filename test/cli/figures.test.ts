import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { dyn, inFolder, inFolderAsync, root } from "../support/command.js";

describe("dyn figures", () => {
  it("makes pages, prints and data of a figure, and an index", () => {
    inFolder((folder) => {
      const out = join(folder, "made");
      const { code, stdout, stderr } = dyn(
        ...["figures", "1b", "--quick", "--format", "svg,png,pdf,json", "--out", out],
      );
      expect([code, stderr]).toEqual([0, ""]);
      expect(stdout).toBe(
        `figure-1b: 4 of 4 claims hold: ${join(out, "figure-1b.html")}\n${join(out, "index.html")}\n`,
      );
      const kinds = ["html", "json", "pdf", "png", "svg"].map((kind) => `figure-1b.${kind}`);
      expect(readdirSync(out).sort()).toEqual([...kinds, "index.html"]);
      expect(readFileSync(join(out, "index.html"), "utf8")).toContain('href="figure-1b.pdf"');
      const again = dyn("figures", "figure-1b", "--quick", "--out", out);
      expect(again.code).toBe(1);
      expect(again.stderr).toContain("figure-1b.html: is there already; --force overwrites it");
    });
  });

  it("widths are columns of a journal or millimetres", () => {
    inFolder((folder) => {
      const widths = { one: 321, two: 673, "127": 480 };
      for (const [width, px] of Object.entries(widths)) {
        const out = join(folder, width);
        dyn("figures", "1b", "--quick", "--format", "svg", "--width", width, "--out", out);
        expect(readFileSync(join(out, "figure-1b.svg"), "utf8")).toContain(`width="${px}"`);
      }
    });
  });

  it("an index of all figures stays when one is made anew", () => {
    inFolder((folder) => {
      writeFileSync(join(folder, "index.html"), "all");
      const { stdout } = dyn("figures", "1b", "--quick", "--out", folder);
      expect(stdout.trim().split("\n")).toHaveLength(1);
      expect(readFileSync(join(folder, "index.html"), "utf8")).toBe("all");
    });
  });

  it("answers mistakes in one line and writes nothing", () => {
    inFolder((folder) => {
      const out = join(folder, "out");
      const mistakes = {
        "figure-22": 'unknown figure "figure-22"; did you mean "figure-2"?',
        "1b --format gif": "--format gif: expected some of html, json, svg, png, pdf",
        "1b --width wide": "--width wide: expected a number from 50 to 1000",
        "1b --dpi 0": "--dpi 0: expected a number from 36 to 2400",
      };
      for (const [words, answer] of Object.entries(mistakes)) {
        const { code, stdout, stderr } = dyn("figures", ...words.split(" "), "--out", out);
        expect([code, stdout]).toEqual([1, ""]);
        expect(stderr).toContain(answer);
        expect(stderr.trim().split("\n")).toHaveLength(1);
        expect(existsSync(out)).toBe(false);
      }
    });
  });
});

it("an interruption ends with code 130, and leaves nothing half made", async () => {
  await inFolderAsync(async (folder) => {
    const out = join(folder, "out");
    const child = spawn(process.execPath, [
      join(root, "dist/bin/dyn.js"),
      "figures",
      "3",
      "--out",
      out,
    ]);
    let stderr = "";
    child.stderr.on("data", (text) => (stderr += text));
    // the full figure takes ten times as long
    setTimeout(() => child.kill("SIGINT"), 4000);
    const [code] = await once(child, "exit");
    expect([code, stderr]).toEqual([130, "dyn: interrupted\n"]);
    expect(existsSync(out)).toBe(false);
  });
});
