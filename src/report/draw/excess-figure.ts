import type { Course } from "./course.js";
import { timeFigure } from "./curve-figure.js";
import type { Panel } from "./figure.js";

/**
 * How far theory is above the PCA error of rank K, on log-log axes: it may fall through many decades
 * while pmse itself stands still. Nothing where it is never above, or where it is pmse itself.
 * @param pca PCA errors of rank 0 … K
 */
export function excessPanels({ name, trajectory }: Course, pca: readonly number[]): Panel[] {
  const { t, excess, hidden } = trajectory;
  if (pca[hidden] === 0 || !excess?.some((value, i) => value > 0 && t[i] > 0)) return [];
  return [
    {
      title: `Error above the PCA error of rank ${hidden}`,
      figure: timeFigure([{ name, x: t, y: excess, colour: 0 }], "excess pmse", { log: true }),
      note: "Theory, to full relative accuracy.",
      wide: true,
    },
  ];
}
