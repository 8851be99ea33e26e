import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** A Chromium of this machine, by CHROMIUM or where Debian puts it. */
export const browserPath = process.env.CHROMIUM ?? PLACES.find((path) => existsSync(path));

/** Why there is nothing to test without it. */
export const NO_BROWSER =
  "Chromium is missing: apt-get install chromium, or set CHROMIUM to its path";

export function openBrowser(): Promise<Browser> {
  const args = [
    ...["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync"],
    ...["--disable-background-networking", "--disable-component-update"],
  ];
  return chromium.launch({ executablePath: browserPath, args });
}
