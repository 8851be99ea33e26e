/** Weights that have decayed below 1e-140 are zero: their squares lose digits, then vanish. */
const NOTHING = 1e-280;

/**
 * Rotates columns from … to − 1 of some rows so that row i ends at column from + i: the triangular
 * factor of their Gram matrix, which stays as it is (Householder reflections from the right). Columns
 * beyond the number of rows become zero.
 * @param rows all of them, [n][≥ to]
 * @param room space for to − from numbers
 */
export function triangularise(
  rows: readonly Float64Array[],
  from: number,
  to: number,
  room: Float64Array,
): void {
  for (let i = 0, start = from; i < rows.length && start < to; i++, start++) {
    const row = rows[i];
    let square = 0;
    for (let j = start + 1; j < to; j++) square += row[j] * row[j];
    if (square < NOTHING) {
      row.fill(0, start + 1, to);
      continue;
    }
    const first = row[start];
    const length = Math.sqrt(first * first + square);
    // reflect onto the far side of the axis: no cancellation
    const end = first > 0 ? -length : length;
    const head = first - end;
    const scale = 1 / (length * Math.abs(head));
    room[0] = head;
    for (let j = start + 1; j < to; j++) {
      room[j - start] = row[j];
      row[j] = 0;
    }
    row[start] = end;
    for (let below = i + 1; below < rows.length; below++) {
      const other = rows[below];
      let product = 0;
      for (let j = start; j < to; j++) product += other[j] * room[j - start];
      product *= scale;
      for (let j = start; j < to; j++) other[j] -= product * room[j - start];
    }
  }
}
