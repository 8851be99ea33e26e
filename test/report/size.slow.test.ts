import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import type { ScenarioInput } from "../../src/scenario/schema.js";
import { browserPath, NO_BROWSER, openBrowser } from "../support/browser.js";
import { dyn, inFolderAsync } from "../support/command.js";
import { scenarioWith } from "../support/scenarios.js";

const MEGABYTE = 1e6;

if (!browserPath) console.warn(`skipped: a long run's page in a real browser. ${NO_BROWSER}`);

/** Half a gigabyte of tables, and a page that can be sent around and looked at. */
it("the report of a run with 10⁵ times and 50 seeds stays below 8 MB and usable", async () => {
  await inFolderAsync(async (folder) => {
    const scenario = join(folder, "long.json");
    const seeds = Array.from({ length: 50 }, (_, i) => i + 1);
    const parts = {
      model: { hidden: 1, activation: "sigmoid" },
      data: { kind: "spiked", spikes: [1], bulk: 0.1 },
      time: { end: 2000, points: 100_000, spacing: "linear", start: 0.02 },
      simulation: { dimension: 50, seeds },
      comparison: { relativeBias: 1000 },
    } satisfies Partial<ScenarioInput>;
    writeFileSync(scenario, JSON.stringify(scenarioWith(parts)));
    const run = join(folder, "run");
    expect(dyn("compare", scenario, "--out", run).code).toBe(0);
    const page = join(run, "report.html");
    const written = readFileSync(page, "utf8");
    expect(statSync(page).size).toBeLessThan(8 * MEGABYTE);
    rmSync(page);
    expect(dyn("report", run).code).toBe(0);
    expect(readFileSync(page, "utf8") === written).toBe(true);
    if (!browserPath) return;
    const browser = await openBrowser();
    const tab = await browser.newPage();
    const complaints: string[] = [];
    tab.on("console", (message) => complaints.push(message.text()));
    tab.on("pageerror", (error) => complaints.push(error.message));
    await tab.goto(pathToFileURL(page).href);
    const drawn = () => tab.locator(".plot .main-svg .trace").count();
    await expect.poll(drawn, { timeout: 20_000 }).toBeGreaterThan(10);
    await tab.click("#theme");
    await browser.close();
    expect(complaints).toEqual([]);
  });
}, 300_000);
