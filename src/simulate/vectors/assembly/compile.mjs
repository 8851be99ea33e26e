// npm run loops: compiles loops.ts to WebAssembly and writes it, as text, to ../loops.wasm.ts. Needs the
// network for the compiler, which is why its result is kept; nothing else does.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "loops-"));
const target = join(folder, "loops.wasm");
const options = "--runtime stub --importMemory --noExportMemory --enable simd -O3".split(" ");
const compiler = ["--yes", "--package", "assemblyscript@0.28.20", "asc"];
execFileSync("npx", [...compiler, here("loops.ts"), "--outFile", target, ...options], {
  stdio: "inherit",
});
const lines = readFileSync(target)
  .toString("base64")
  .match(/.{1,90}/g);
const text = lines.map((line) => `  "${line}"`).join(" +\n");
writeFileSync(
  here("../loops.wasm.ts"),
  `/** assembly/loops.ts, compiled by npm run loops: a WebAssembly module in base64. */\nexport const LOOPS =\n${text};\n`,
);
rmSync(folder, { recursive: true });
