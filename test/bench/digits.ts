/** Three digits, without powers of ten. */
export function threeDigits(x: number): string {
  return x < 1000 ? x.toPrecision(3) : String(Number(x.toPrecision(3)));
}
