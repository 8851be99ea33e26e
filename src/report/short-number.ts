/** Three digits, and powers of ten beyond 10⁴ as 1e5. */
export function shortNumber(value: number): string {
  const rounded = Number(value.toPrecision(3));
  const size = Math.abs(rounded);
  if (size !== 0 && (size >= 1e4 || size < 1e-3)) {
    return rounded.toExponential(2).replace(/\.?0*e\+?/, "e");
  }
  return String(rounded === 0 ? 0 : rounded);
}
