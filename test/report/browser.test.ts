import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { browserPath, NO_BROWSER, openBrowser } from "../support/browser.js";
import { dyn } from "../support/command.js";
import { scenarioWith } from "../support/scenarios.js";

const HOSTILE = '</script><script>alert("x")</script> & "quotes" — Ω';
const DEFECTS = `(${readFileSync(new URL("../support/defects.js", import.meta.url), "utf8")})()`;
const COLOURS = `[getComputedStyle(document.body).backgroundColor,
  getComputedStyle(document.querySelector(".xtitle")).fill]`;
const VIEWS = [
  { name: "wide and light", width: 1280, height: 900, colorScheme: "light" },
  { name: "narrow and dark", width: 390, height: 800, colorScheme: "dark" },
] as const;

if (!browserPath) console.warn(`skipped: pages in a real browser. ${NO_BROWSER}`);

/** Pages as users get them, opened from the disk in Debian's Chromium. */
describe.skipIf(!browserPath)("pages in a real browser", () => {
  let folder: string;
  let browser: Browser;
  const pages: Record<string, string> = {};

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "dyn-"));
    const scenario = join(folder, "scenario.json");
    const simulation = { dimension: 50, seeds: [1, 2, 3] };
    const time = { end: 20, points: 30, start: 0.1 };
    writeFileSync(scenario, JSON.stringify(scenarioWith({ title: HOSTILE, time, simulation })));
    for (const verb of ["solve", "simulate", "compare"]) {
      dyn(verb, scenario, "--out", join(folder, verb));
      pages[verb] = join(folder, verb, "report.html");
    }
    dyn("figures", "--quick", "--out", join(folder, "figures"));
    for (const name of ["1b", "2", "3", "5"]) {
      pages[`figure ${name}`] = join(folder, "figures", `figure-${name}.html`);
    }
    pages.index = join(folder, "figures", "index.html");
    browser = await openBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** What the console says and what is asked of the network, while `use` looks at a page. */
  async function look(file: string, view: object, use: (page: Page) => Promise<void>) {
    const context = await browser.newContext(view);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("dialog", (dialog) => complaints.push(dialog.message()));
    page.on("request", (request) => {
      if (!/^(file|data|blob):/.test(request.url())) complaints.push(request.url());
    });
    await page.goto(pathToFileURL(file).href);
    await use(page);
    await context.close();
    return complaints;
  }

  const names = [
    ...["solve", "simulate", "compare", "figure 1b", "figure 2", "figure 3", "figure 5", "index"],
  ];
  for (const { name: view, width, height, colorScheme } of VIEWS) {
    it.each(names)(`%s, ${view}: quiet, drawn whole, nothing clipped`, async (name) => {
      const viewport = { width, height };
      const complaints = await look(pages[name], { viewport, colorScheme }, async (page) => {
        const plots = await page.locator(".plot").count();
        await expect
          .poll(() => page.locator(".plot .main-svg").count())
          .toBeGreaterThanOrEqual(plots);
        const beyond = await page.evaluate(DEFECTS);
        expect(beyond).toEqual([]);
      });
      expect(complaints).toEqual([]);
    });
  }

  it("the switch changes the theme of page and figures", async () => {
    const viewport = { width: 900, height: 700 };
    await look(pages.solve, { viewport, colorScheme: "light" }, async (page) => {
      const colours = () => page.evaluate<string[]>(COLOURS);
      const light = await colours();
      await page.click("#theme");
      const dark = await colours();
      expect(dark[0]).not.toBe(light[0]);
      expect(dark[1]).not.toBe(light[1]);
      await page.click("#theme");
      expect(await colours()).toEqual(light);
    });
  });

  it("buttons save the run's own table and scenario", async () => {
    const viewport = { width: 900, height: 700 };
    await look(pages.solve, { viewport, acceptDownloads: true }, async (page) => {
      const saved = async (name: string) => {
        const [download] = await Promise.all([
          page.waitForEvent("download"),
          page.click(`button[data-name="${name}"]`),
        ]);
        return readFileSync(await download.path(), "utf8");
      };
      const table = readFileSync(join(folder, "solve/trajectory.csv"), "utf8");
      expect(await saved("theory.csv")).toBe(table);
      const columns = JSON.parse(await saved("theory.json"));
      expect(columns.t).toHaveLength(30);
      expect(columns.pmse[0]).toBe(Number(table.split("\n")[1].split(",")[1]));
      const again = join(folder, "again.json");
      writeFileSync(again, await saved("scenario.json"));
      expect(dyn("solve", again, "--csv").stdout).toBe(table);
    });
  });
});
