/*
 * AssemblyScript, not TypeScript: the loops of wasm-loops.ts in tiles of 4 × 4 sums, which stay in
 * registers, two an instruction. Addresses and distances are in bytes. `npm run loops` compiles it and
 * rewrites loops.wasm.ts; a test compares what is there with plain loops.
 */

/**
 * Q and T0, both [K4][K4] with K4 = K rounded up to a multiple of 4, and R^{kk}, [K4]. Right of the
 * diagonal tiles nothing is written, and what is beyond K says nothing. Vectors are taken some at a time,
 * as many as stay in the cache; `weighted`, [some][K4], takes their ω times qWeight.
 */
export function sumModes(
  y: usize,
  count: i32,
  K: i32,
  qWeight: usize,
  rho: usize,
  Q: usize,
  T0: usize,
  R: usize,
  weighted: usize,
  some: i32,
): void {
  const K4 = (K + 3) & ~3;
  const row: usize = (<usize>K) << 4;
  const row4: usize = (<usize>K4) << 3;
  memory.fill(Q, 0, row4 * K4);
  memory.fill(T0, 0, row4 * K4);
  memory.fill(R, 0, row4);
  for (let v = 0; v < count; v += some) {
    const n = min(some, count - v);
    weigh(weighted, R, y, n, K, qWeight, rho);
    for (let k = 0; k < K; k += 4) {
      for (let a = 0; a <= k; a += 4) {
        const at: usize = k * <i32>row4 + (a << 3);
        addTile(Q + at, row4, weighted + (k << 3), row4, y + (a << 3), row, n);
        addTile(T0 + at, row4, y + ((K + k) << 3), row, y + ((K + a) << 3), row, n);
      }
    }
    y += row * n;
    qWeight += (<usize>n) << 3;
    rho += (<usize>n) << 3;
  }
}

/** weighted ← qWeight ω and R^{kk} ← R^{kk} + rho ω^k ν^k of n vectors. */
function weigh(
  weighted: usize,
  R: usize,
  y: usize,
  n: i32,
  K: i32,
  qWeight: usize,
  rho: usize,
): void {
  const half: usize = (<usize>K) << 3;
  for (let v = 0; v < n; v++, qWeight += 8, rho += 8, y += half) {
    const w = v128.load64_splat(qWeight);
    const r = v128.load64_splat(rho);
    for (let k = 0, sum = R; k < K; k += 4, y += 32, sum += 32, weighted += 32) {
      const x0 = v128.load(y);
      const x1 = v128.load(y, 16);
      v128.store(weighted, f64x2.mul(w, x0));
      v128.store(weighted, f64x2.mul(w, x1), 16);
      const r0 = f64x2.mul(f64x2.mul(r, x0), v128.load(y + half));
      const r1 = f64x2.mul(f64x2.mul(r, x1), v128.load(y + half, 16));
      v128.store(sum, f64x2.add(v128.load(sum), r0));
      v128.store(sum, f64x2.add(v128.load(sum, 16), r1), 16);
    }
    y += half - (((K + 3) & ~3) << 3);
  }
}

/** sum[i][j] ← sum[i][j] + Σ_v x[v][i] z[v][j] for i, j < 4 */
function addTile(
  sum: usize,
  row: usize,
  x: usize,
  xRow: usize,
  z: usize,
  zRow: usize,
  n: i32,
): void {
  let a0 = v128.load(sum),
    a1 = v128.load(sum, 16),
    b0 = v128.load(sum + row),
    b1 = v128.load(sum + row, 16),
    c0 = v128.load(sum + 2 * row),
    c1 = v128.load(sum + 2 * row, 16),
    d0 = v128.load(sum + 3 * row),
    d1 = v128.load(sum + 3 * row, 16);
  for (; n > 0; n--, x += xRow, z += zRow) {
    const z0 = v128.load(z);
    const z1 = v128.load(z, 16);
    let s = v128.load64_splat(x);
    a0 = f64x2.add(a0, f64x2.mul(s, z0));
    a1 = f64x2.add(a1, f64x2.mul(s, z1));
    s = v128.load64_splat(x, 8);
    b0 = f64x2.add(b0, f64x2.mul(s, z0));
    b1 = f64x2.add(b1, f64x2.mul(s, z1));
    s = v128.load64_splat(x, 16);
    c0 = f64x2.add(c0, f64x2.mul(s, z0));
    c1 = f64x2.add(c1, f64x2.mul(s, z1));
    s = v128.load64_splat(x, 24);
    d0 = f64x2.add(d0, f64x2.mul(s, z0));
    d1 = f64x2.add(d1, f64x2.mul(s, z1));
  }
  v128.store(sum, a0);
  v128.store(sum, a1, 16);
  v128.store(sum + row, b0);
  v128.store(sum + row, b1, 16);
  v128.store(sum + 2 * row, c0);
  v128.store(sum + 2 * row, c1, 16);
  v128.store(sum + 3 * row, d0);
  v128.store(sum + 3 * row, d1, 16);
}

/**
 * dy of one half of the vectors, the encoder's or, 8K behind, the decoder's:
 *
 *     dy[v][k] ← scale[v] Σ_a matrix[k][a] y[v][a] + rho[v] cross[k] other[v][k] − κ y[v][k],
 *
 * `other` the other half. The last tiles overlap those before them, so that K and count are at least 4.
 * `panels`, [K4][K], takes the matrix in columns of tiles; where it is triangular, a ends at a tile's
 * diagonal.
 */
export function moveModes(
  dy: usize,
  y: usize,
  other: usize,
  count: i32,
  K: i32,
  matrix: usize,
  panels: usize,
  triangular: i32,
  scale: usize,
  rho: usize,
  cross: usize,
  kappa: usize,
  some: i32,
): void {
  const row: usize = (<usize>K) << 4;
  const size: usize = (<usize>K) << 5;
  for (let k = 0, panel = panels; k < K; k += 4, panel += size) {
    pack(panel, matrix + ((<usize>(min(k, K - 4) * K)) << 3), K);
  }
  for (let first = 0; first < count; first += some) {
    const end = min(first + some, count);
    for (let k = 0, panel = panels; k < K; k += 4, panel += size) {
      const column = min(k, K - 4);
      const n = triangular ? column + 4 : K;
      for (let i = first; i < end; i += 4) {
        const v = min(i, count - 4);
        const at = row * v;
        const s = scale + (v << 3);
        const r = rho + (v << 3);
        moveTile(dy + at, y + at, other + at, row, column << 3, panel, n, s, r, cross, kappa);
      }
    }
  }
}

/** Four rows of a matrix, [4][K], as [K][4] */
function pack(panel: usize, matrix: usize, K: i32): void {
  const row: usize = (<usize>K) << 3;
  for (let a = 0; a < K; a++, panel += 32, matrix += 8) {
    store<f64>(panel, load<f64>(matrix));
    store<f64>(panel, load<f64>(matrix + row), 8);
    store<f64>(panel, load<f64>(matrix + 2 * row), 16);
    store<f64>(panel, load<f64>(matrix + 3 * row), 24);
  }
}

/** Four vectors and, from `column` on, four neurons of {@link moveModes}; Σ over a < n. */
function moveTile(
  dy: usize,
  y: usize,
  other: usize,
  row: usize,
  column: usize,
  panel: usize,
  n: i32,
  scale: usize,
  rho: usize,
  cross: usize,
  kappa: usize,
): void {
  let a0 = f64x2.splat(0),
    a1 = a0,
    b0 = a0,
    b1 = a0,
    c0 = a0,
    c1 = a0,
    d0 = a0,
    d1 = a0;
  const row2: usize = row << 1;
  const row3: usize = row2 + row;
  const end = panel + ((<usize>n) << 5);
  // unrolled it is slower: V8 then shuffles registers
  for (let x = y; panel < end; panel += 32, x += 8) {
    const z0 = v128.load(panel);
    const z1 = v128.load(panel, 16);
    let s = v128.load64_splat(x);
    a0 = f64x2.add(a0, f64x2.mul(s, z0));
    a1 = f64x2.add(a1, f64x2.mul(s, z1));
    s = v128.load64_splat(x + row);
    b0 = f64x2.add(b0, f64x2.mul(s, z0));
    b1 = f64x2.add(b1, f64x2.mul(s, z1));
    s = v128.load64_splat(x + row2);
    c0 = f64x2.add(c0, f64x2.mul(s, z0));
    c1 = f64x2.add(c1, f64x2.mul(s, z1));
    s = v128.load64_splat(x + row3);
    d0 = f64x2.add(d0, f64x2.mul(s, z0));
    d1 = f64x2.add(d1, f64x2.mul(s, z1));
  }
  dy += column;
  y += column;
  other += column;
  cross += column;
  finish(dy, y, other, scale, rho, cross, kappa, a0, a1);
  finish(dy + row, y + row, other + row, scale + 8, rho + 8, cross, kappa, b0, b1);
  finish(dy + row2, y + row2, other + row2, scale + 16, rho + 16, cross, kappa, c0, c1);
  finish(dy + row3, y + row3, other + row3, scale + 24, rho + 24, cross, kappa, d0, d1);
}

/** One vector and four neurons of {@link moveModes} from their sums. */
function finish(
  dy: usize,
  y: usize,
  other: usize,
  scale: usize,
  rho: usize,
  cross: usize,
  kappa: usize,
  sum0: v128,
  sum1: v128,
): void {
  const s = v128.load64_splat(scale);
  const r = v128.load64_splat(rho);
  const decay = v128.load64_splat(kappa);
  const x0 = f64x2.mul(f64x2.mul(r, v128.load(cross)), v128.load(other));
  const x1 = f64x2.mul(f64x2.mul(r, v128.load(cross, 16)), v128.load(other, 16));
  const y0 = f64x2.mul(decay, v128.load(y));
  const y1 = f64x2.mul(decay, v128.load(y, 16));
  v128.store(dy, f64x2.sub(f64x2.add(f64x2.mul(s, sum0), x0), y0));
  v128.store(dy, f64x2.sub(f64x2.add(f64x2.mul(s, sum1), x1), y1), 16);
}
