import type { Reporter, TestModule } from "vitest/node";

/** Ends the run with one plain line: how many tests passed, failed and were skipped. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0 };
    for (const module of modules) {
      const states = [...module.children.allTests()].map((test) => test.result().state);
      for (const state of states) if (state !== "pending") count[state]++;
      // a file that doesn't load, or a failing hook, whose tests count as skipped
      if (!module.ok() && !states.includes("failed")) count.failed++;
    }
    const { passed, failed, skipped } = count;
    process.on("exit", () => {
      process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
    });
  }
}
