import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import { inFolder, root } from "./support/command.js";

// The README's example, and a mistake that the types must find.
const readme = readFileSync(join(root, "README.md"), "utf8");
const EXAMPLE = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
const CONSUMER = `${EXAMPLE}
import type { Solution, Trajectory } from "autoencoder-dynamics";
const kept: Trajectory = trajectory;
// @ts-expect-error a status is one of a few names
const wrong: "fine" = status as Solution["status"];
export { kept, wrong };
`;

// The tarball is unpacked where npm would put it, its dependencies linked: no registry is asked.
it("the packed package runs and types in an empty folder", () => {
  inFolder((folder) => {
    const pack = ["pack", "--ignore-scripts", "--json", "--pack-destination", folder];
    const [{ filename, files }] = JSON.parse(
      execFileSync("npm", pack, {
        cwd: root,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      }),
    );
    const paths = files.map((file: { path: string }) => file.path);
    for (const path of [
      "dist/index.js",
      "dist/index.d.ts",
      "dist/scenario.schema.json",
      "LICENSE",
    ]) {
      expect(paths).toContain(path);
    }
    expect(paths.filter((path: string) => /^(src|test)\//.test(path))).toEqual([]);

    const target = join(folder, "node_modules/autoencoder-dynamics");
    mkdirSync(target, { recursive: true });
    execFileSync("tar", ["-xzf", join(folder, filename), "-C", target, "--strip-components=1"]);
    for (const name of Object.keys(packageJson.dependencies)) {
      const link = join(folder, "node_modules", name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(root, "node_modules", name), link);
    }

    const node = (...args: string[]) =>
      execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
    const command = join(target, packageJson.bin.dyn);
    expect(node(command, "--version")).toBe(`${packageJson.version}\n`);
    const scenario = join(target, "scenarios/linear-k3.json");
    expect(node(command, "solve", scenario, "--out", "run")).toContain("plateaus");
    expect(readFileSync(join(folder, "run/report.html"), "utf8").length).toBeGreaterThan(4e6);
    // enough work for worker threads
    const simulate = [command, "simulate", scenario, "--seeds", "1,2", "--workers", "2"];
    expect(node(...simulate)).toContain("2 runs");

    writeFileSync(join(folder, "package.json"), '{"type": "module"}');
    writeFileSync(join(folder, "use.ts"), CONSUMER);
    const options = ["--strict", "--module", "nodenext", "--target", "es2022", "--types", ""];
    const compiler = join(root, "node_modules/.bin/tsc");
    execFileSync(compiler, [...options, "--lib", "es2022,dom", "use.ts"], { cwd: folder });
    expect(EXAMPLE).toContain("// ok 0 1\n");
    expect(node("use.js")).toBe("ok 0 1\n");
  });
});
