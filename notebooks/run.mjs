/**
 * Executes the notebooks headless and writes them back, the outputs with them:
 *
 *     node notebooks/run.mjs [--check] [NAME…]
 *
 * --check executes without writing. A NAME is that of a file, or how it begins, such as 02. The Deno
 * kernel is the one in notebooks/node_modules; nothing is installed in the user's home.
 */
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { argv, env, exit, platform, stderr, stdout } from "node:process";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));
const SECONDS_A_CELL = 120;
/** Of executing a notebook whose kernel loses what a cell shows (see show.ts). */
const ATTEMPTS = 3;
const KERNEL = { display_name: "Deno", language: "typescript", name: "deno" };

/** One line on what executing needs and doesn't find, and how to get it; undefined: nothing. */
export function whatIsMissing() {
  if (!existsSync(join(folder, "../dist/index.js"))) {
    return "the library isn't built; build it by: npm run build";
  }
  if (!findPython()) {
    return "Jupyter's nbconvert is missing; install it by: apt-get install jupyter-nbconvert jupyter-client python3-nbclient (or pip install nbconvert)";
  }
  if (!findDeno()) return "Deno is missing; install it by: npm ci --prefix notebooks";
  return undefined;
}

/** A Python that has nbconvert: $PYTHON alone if it is set, else Debian's before others. */
function findPython() {
  const candidates = env.PYTHON ? [env.PYTHON] : ["/usr/bin/python3", "python3", "python"];
  const modules = "import nbconvert, nbclient, jupyter_client";
  return candidates.find((python) => spawnSync(python, ["-c", modules]).status === 0);
}

/** The binary itself: its wrapper wouldn't pass on Jupyter's signals. */
function findDeno() {
  const scope = join(folder, "node_modules/@deno");
  const name = platform === "win32" ? "deno.exe" : "deno";
  const packages = existsSync(scope) ? readdirSync(scope) : [];
  return packages
    .map((one) => join(scope, one, name))
    .find((deno) => existsSync(deno) && spawnSync(deno, ["--version"]).status === 0);
}

/** A folder for all that Jupyter and Deno read and write, with the kernel in it. */
function makeJupyterFolder(place) {
  const kernel = join(place, "data/kernels/deno");
  mkdirSync(kernel, { recursive: true });
  const command = [findDeno(), "jupyter", "--kernel", "--conn", "{connection_file}"];
  writeFileSync(join(kernel, "kernel.json"), JSON.stringify({ argv: command, ...KERNEL }));
  return {
    JUPYTER_DATA_DIR: join(place, "data"),
    JUPYTER_CONFIG_DIR: join(place, "config"),
    JUPYTER_RUNTIME_DIR: join(place, "runtime"),
    IPYTHONDIR: join(place, "ipython"),
    DENO_DIR: join(place, "deno"),
    DENO_NO_UPDATE_CHECK: "1",
    NO_COLOR: "1",
  };
}

/**
 * The text of an executed notebook.
 * @throws Error with the cell and what it threw
 */
function execute(name, place, variables, attempts = ATTEMPTS) {
  const options = {
    "ExecutePreprocessor.kernel_name": "deno",
    "ExecutePreprocessor.timeout": SECONDS_A_CELL,
    "ExecutePreprocessor.record_timing": "False",
  };
  const settings = Object.entries(options).map(([key, value]) => `--${key}=${value}`);
  const command = ["-m", "nbconvert", "--to", "notebook", "--execute", ...settings];
  const result = spawnSync(findPython(), [...command, "--output-dir", place, join(folder, name)], {
    encoding: "utf8",
    env: { ...env, ...variables },
    maxBuffer: 1 << 28,
  });
  if (result.status !== 0) throw new Error(`${name}: ${explain(result.stderr)}`);
  const notebook = JSON.parse(readFileSync(join(place, name), "utf8"));
  refuseErrors(name, notebook.cells);
  if (!notebook.cells.some(hasLostOutput)) return tidy(notebook);
  if (attempts > 1) return execute(name, place, variables, attempts - 1);
  throw new Error(`${name}: Deno's kernel lost the output of a cell; try again`);
}

/** What nbconvert says from the failing cell on; all of it where no cell failed. */
function explain(message) {
  const start = message.indexOf("An error occurred while executing");
  return (start < 0 ? message : message.slice(start)).trim();
}

function hasLostOutput({ source, outputs }) {
  const shows = /^\s*await (show|table|text)\(/m.test([source].flat().join(""));
  return outputs?.length === 0 && shows;
}

/** nbconvert takes no notice of errors thrown while a result is made into something to show. */
function refuseErrors(name, cells) {
  for (const { source, outputs = [] } of cells) {
    const error = outputs.find((output) => output.output_type === "error");
    if (!error) continue;
    const trace = error.traceback.join("\n") || error.evalue;
    const cell = [source].flat().join("");
    throw new Error(`${name}: the result of this cell can't be shown:\n${cell}\n\n${trace}`);
  }
}

/** Without what differs between executions: times, versions, how printed text came in pieces. */
function tidy(notebook) {
  const { version: _, ...language } = notebook.metadata.language_info ?? {};
  notebook.metadata = { kernelspec: KERNEL, language_info: language };
  for (const cell of notebook.cells) {
    cell.metadata = {};
    if (cell.outputs) cell.outputs = joinStreams(cell.outputs);
    for (const output of cell.outputs ?? []) sizePicture(output);
  }
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

/** A picture has more pixels than its figure, and is to be shown as large. */
function sizePicture({ data, metadata }) {
  if (!data?.["image/png"]) return;
  const { width, height } = data["application/vnd.plotly.v1+json"].layout;
  metadata["image/png"] = { width, height };
}

function joinStreams(outputs) {
  const joined = [];
  for (const output of outputs) {
    const last = joined.at(-1);
    const goesOn = last && output.output_type === "stream" && last.name === output.name;
    if (goesOn) last.text = linesOf([last.text, output.text].flat().join(""));
    else joined.push(output);
  }
  return joined;
}

/** As nbformat keeps them: every line with its end. */
function linesOf(text) {
  return text.split(/(?<=\n)/);
}

function select(names) {
  const all = readdirSync(folder).filter((file) => file.endsWith(".ipynb"));
  const unknown = names.find((name) => !all.some((file) => file.startsWith(name)));
  if (unknown !== undefined) throw new Error(`no notebook begins with "${unknown}"`);
  return all.sort().filter((file) => names.length === 0 || names.some((n) => file.startsWith(n)));
}

/** Whole or not at all. */
function replaceFile(file, content) {
  writeFileSync(`${file}.part`, content);
  renameSync(`${file}.part`, file);
}

function run(names, writes) {
  const missing = whatIsMissing();
  if (missing) throw new Error(missing);
  const place = mkdtempSync(join(tmpdir(), "notebooks-"));
  try {
    const variables = makeJupyterFolder(place);
    for (const name of select(names)) {
      const began = performance.now();
      const content = execute(name, place, variables);
      const isSame = readFileSync(join(folder, name), "utf8") === content;
      if (writes && !isSame) replaceFile(join(folder, name), content);
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      const change = isSame ? "as before" : writes ? "written" : "differs from the file";
      stdout.write(`${name}: executed in ${seconds} s, ${change}\n`);
    }
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

function main(args) {
  const names = args.filter((arg) => !arg.startsWith("--"));
  const unknown = args.find((arg) => arg.startsWith("--") && arg !== "--check");
  try {
    if (unknown) throw new Error(`unknown option ${unknown}; there is --check`);
    run(names, !args.includes("--check"));
  } catch (error) {
    stderr.write(`notebooks: ${error.message}\n`);
    exit(1);
  }
}

if (argv[1] === fileURLToPath(import.meta.url)) main(argv.slice(2));
