/** A stretch of time over which the error hardly falls. */
export interface Plateau {
  readonly from: number;
  readonly to: number;
  /** pmse where it is flattest */
  readonly pmse: number;
  /** the PCA error that is nearest in ratio, and its rank */
  readonly rank: number;
  readonly pcaError: number;
  /** pmse/pcaError − 1 */
  readonly difference: number;
}

// A plateau: |d ln pmse / d ln t| below 0.2 while t grows by a quarter or more. The drop between two
// components has slopes near 1; a drop in power-law time of exponent 2/3 is no plateau either.
const FLAT = 0.2;
const SPAN = 1.25;

/**
 * Plateaus of a learning curve and the PCA errors on which they sit (theory §5), in order of time.
 * @param t times, increasing; t = 0 takes no part
 * @param pmse error at these times
 * @param pca PCA errors of rank 0 … K
 */
export function findPlateaus(
  t: ArrayLike<number>,
  pmse: ArrayLike<number>,
  pca: readonly number[],
): Plateau[] {
  const plateaus: Plateau[] = [];
  for (let i = 0; i + 1 < t.length; ) {
    const begin = i;
    let flattest = Number.POSITIVE_INFINITY;
    let level = Number.NaN;
    for (; i + 1 < t.length; i++) {
      const slope = slopeAfter(t, pmse, i);
      if (!(slope < FLAT)) break;
      if (slope < flattest) {
        flattest = slope;
        level = Math.sqrt(pmse[i] * pmse[i + 1]);
      }
    }
    if (i > begin && t[i] >= SPAN * t[begin]) {
      plateaus.push({ from: t[begin], to: t[i], pmse: level, ...nearestRank(level, pca) });
    }
    if (i === begin) i++;
  }
  return plateaus;
}

/** |d ln pmse / d ln t| between times i and i + 1; NaN where a logarithm doesn't exist. */
function slopeAfter(t: ArrayLike<number>, pmse: ArrayLike<number>, i: number): number {
  if (t[i] <= 0 || pmse[i] <= 0 || pmse[i + 1] <= 0) return Number.NaN;
  return Math.abs(Math.log(pmse[i + 1] / pmse[i]) / Math.log(t[i + 1] / t[i]));
}

function nearestRank(pmse: number, pca: readonly number[]) {
  const distance = (error: number) => Math.abs(Math.log(pmse / error));
  let rank = 0;
  pca.forEach((error, m) => {
    if (error > 0 && distance(error) < distance(pca[rank])) rank = m;
  });
  return { rank, pcaError: pca[rank], difference: pmse / pca[rank] - 1 };
}
