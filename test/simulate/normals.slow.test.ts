import { expect, it } from "vitest";
import { normalStatistics } from "../support/normal-statistics.js";

it("10⁸ normals have the normal law's moments, tails and bins", { timeout: 120_000 }, () => {
  // seven statistics: one in 2·10³ that a good generator fails at 4 σ
  for (const [name, z] of Object.entries(normalStatistics(1e8, 11))) {
    expect(Math.abs(z), name).toBeLessThan(4);
  }
});
