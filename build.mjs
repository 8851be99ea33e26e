// The library by tsc, one file for one file; the command by esbuild in few files, which halves its
// start-up. mathjs, piscina and plotly.js stay outside: they are read only where they are used.
import { execSync } from "node:child_process";
import { chmodSync, existsSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

rmSync("dist", { recursive: true, force: true });
execSync("npx --no-install tsc -p tsconfig.build.json", { stdio: "inherit" });
await build({
  entryPoints: { dyn: "src/cli/main.ts", "simulation-worker": "src/cli/simulation-worker.ts" },
  outdir: "dist/bin",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  alias: { "string-width": "./src/cli/string-width.cts" },
  external: [
    ...["mathjs", "open", "piscina", "plotly.js-dist-min"],
    ...["happy-dom", "fontkit", "subset-font", "@resvg/resvg-js", "pdfkit", "svg-to-pdfkit"],
  ],
  // yargs and odex are CommonJS inside and call require
  banner: {
    js: 'import { createRequire as requireFrom } from "node:module";\nconst require = requireFrom(import.meta.url);',
  },
  legalComments: "inline",
  logLevel: "warning",
});
chmodSync("dist/bin/dyn.js", 0o755);
// npm doesn't link a project's own command: with this `npx dyn` finds it without npm's cache
if (process.platform !== "win32" && existsSync("node_modules/.bin")) {
  rmSync("node_modules/.bin/dyn", { force: true });
  symlinkSync("../../dist/bin/dyn.js", "node_modules/.bin/dyn");
}
const { scenarioJsonSchema } = await import("./dist/index.js");
writeFileSync("dist/scenario.schema.json", `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`);
