// npm run loops: compiles assembly/loops.ts of every folder with loops of its own to WebAssembly and
// writes it, as text, to loops.wasm.ts beside it. Needs the network for the compiler, which is why its
// results are kept; nothing else does.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const FOLDERS = ["src/simulate/vectors", "src/theory/mode-loops"];

const folder = mkdtempSync(join(tmpdir(), "loops-"));
const target = join(folder, "loops.wasm");
const options = "--runtime stub --importMemory --noExportMemory --enable simd -O3".split(" ");
const compiler = ["--yes", "--package", "assemblyscript@0.28.20", "asc"];
for (const home of FOLDERS) {
  const source = join(home, "assembly/loops.ts");
  execFileSync("npx", [...compiler, source, "--outFile", target, ...options], { stdio: "inherit" });
  const lines = readFileSync(target)
    .toString("base64")
    .match(/.{1,90}/g);
  const text = lines.map((line) => `  "${line}"`).join(" +\n");
  writeFileSync(
    join(home, "loops.wasm.ts"),
    `/** assembly/loops.ts, compiled by npm run loops: a WebAssembly module in base64. */\nexport const LOOPS =\n${text};\n`,
  );
}
rmSync(folder, { recursive: true });
