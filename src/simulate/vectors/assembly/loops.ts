/*
 * AssemblyScript, not TypeScript: the loops of wasm-space.ts, two components an instruction and several
 * at once. Addresses are bytes. `npm run loops` compiles it and rewrites loops.wasm.ts; a test compares
 * what is there with plain loops.
 */

/** out ← x·y */
export function dot(out: usize, x: usize, y: usize, n: i32): void {
  let a = f64x2.splat(0),
    b = a,
    c = a,
    d = a;
  const end = x + ((n & ~7) << 3);
  while (x < end) {
    a = f64x2.add(a, f64x2.mul(v128.load(x), v128.load(y)));
    b = f64x2.add(b, f64x2.mul(v128.load(x, 16), v128.load(y, 16)));
    c = f64x2.add(c, f64x2.mul(v128.load(x, 32), v128.load(y, 32)));
    d = f64x2.add(d, f64x2.mul(v128.load(x, 48), v128.load(y, 48)));
    x += 64;
    y += 64;
  }
  a = f64x2.add(f64x2.add(a, b), f64x2.add(c, d));
  let sum = f64x2.extract_lane(a, 0) + f64x2.extract_lane(a, 1);
  for (let i = n & ~7; i < n; i++, x += 8, y += 8) sum += load<f64>(x) * load<f64>(y);
  store<f64>(out, sum);
}
/** y ← keep·y + rate·factor·x, step = (rate, keep) */
export function learn(y: usize, step: usize, factor: usize, x: usize, n: i32): void {
  const keep = load<f64>(step, 8);
  const a = load<f64>(step) * load<f64>(factor);
  const k2 = f64x2.splat(keep),
    a2 = f64x2.splat(a);
  const end = x + ((n & ~3) << 3);
  while (x < end) {
    v128.store(y, f64x2.add(f64x2.mul(k2, v128.load(y)), f64x2.mul(a2, v128.load(x))));
    v128.store(y, f64x2.add(f64x2.mul(k2, v128.load(y, 16)), f64x2.mul(a2, v128.load(x, 16))), 16);
    x += 32;
    y += 32;
  }
  for (let i = n & ~3; i < n; i++, x += 8, y += 8)
    store<f64>(y, keep * load<f64>(y) + a * load<f64>(x));
}
/** y ← y − factor·x */
export function subtract(y: usize, factor: usize, x: usize, n: i32): void {
  const a = load<f64>(factor);
  const a2 = f64x2.splat(a);
  const end = x + ((n & ~3) << 3);
  while (x < end) {
    v128.store(y, f64x2.sub(v128.load(y), f64x2.mul(a2, v128.load(x))));
    v128.store(y, f64x2.sub(v128.load(y, 16), f64x2.mul(a2, v128.load(x, 16))), 16);
    x += 32;
    y += 32;
  }
  for (let i = n & ~3; i < n; i++, x += 8, y += 8) store<f64>(y, load<f64>(y) - a * load<f64>(x));
}

/** y ← x */
export function copy(y: usize, x: usize, n: i32): void {
  memory.copy(y, x, (<usize>n) << 3);
}

/** y ← y·x, component by component */
export function scale(y: usize, x: usize, n: i32): void {
  const end = x + ((n & ~3) << 3);
  while (x < end) {
    v128.store(y, f64x2.mul(v128.load(y), v128.load(x)));
    v128.store(y, f64x2.mul(v128.load(y, 16), v128.load(x, 16)), 16);
    x += 32;
    y += 32;
  }
  for (let i = n & ~3; i < n; i++, x += 8, y += 8) store<f64>(y, load<f64>(y) * load<f64>(x));
}

/*
 * The same for K rows, each `stride` behind the one before: a call from JavaScript costs as much as some
 * fifty components.
 */

export function dotRows(out: usize, rows: usize, stride: usize, K: i32, x: usize, n: i32): void {
  for (let k = 0; k < K; k++, out += 8, rows += stride) dot(out, rows, x, n);
}

export function subtractRows(
  y: usize,
  factors: usize,
  rows: usize,
  stride: usize,
  K: i32,
  n: i32,
): void {
  for (let k = 0; k < K; k++, factors += 8, rows += stride) subtract(y, factors, rows, n);
}

export function learnRows(
  rows: usize,
  stride: usize,
  K: i32,
  step: usize,
  factors: usize,
  x: usize,
  n: i32,
): void {
  for (let k = 0; k < K; k++, factors += 8, rows += stride) learn(rows, step, factors, x, n);
}
