/*
 * xoshiro128++ 1.0 (Blackman & Vigna, ACM Trans. Math. Softw. 47 (2021) 36): period 2^128 − 1, 32 bits
 * a draw. Its transition T is linear over GF(2), so that T^n = (x^n mod P)(T) with P the
 * characteristic polynomial: a stream can start anywhere in the period at the same cost.
 */

/** P, bit i the coefficient of x^i (found by Berlekamp and Massey's algorithm; a test repeats it). */
const CHARACTERISTIC = 0x100fc65a2006254b11b489db6de18fc01n;
/** x^(2^64) mod P: the generator's published `jump()`. */
const JUMP = 0x77f2db5b6fa035c3f542d2d38764000bn;
/** JUMP^(2^i) mod P, as far as they were needed. */
const POWERS = [JUMP];
/** Where stream 0 starts: the first 128 bits of the fraction of π. */
const ORIGIN = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344];

/** Steps the state once. The generator's output belongs to the state before the step. */
export function advance(s: Int32Array): void {
  const t = s[1] << 9;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = (s[3] << 11) | (s[3] >>> 21);
}

/** Draws 32 bits, as a signed integer, and steps the state. */
export function drawBits(s: Int32Array): number {
  const sum = (s[0] + s[3]) | 0;
  const bits = (((sum << 7) | (sum >>> 25)) + s[0]) | 0;
  advance(s);
  return bits;
}

/**
 * The state at the start of a stream, [4]. Streams n and n' ≠ n have no 2^64 draws in common as long
 * as n < 2^64: stream n starts n·2^64 steps after stream 0.
 */
export function streamState(stream: bigint): Int32Array {
  let polynomial = 1n;
  for (let n = stream, i = 0; n > 0n; n >>= 1n, i++) {
    if (POWERS.length === i) POWERS.push(multiply(POWERS[i - 1], POWERS[i - 1]));
    if (n & 1n) polynomial = multiply(polynomial, POWERS[i]);
  }
  return apply(polynomial, Int32Array.from(ORIGIN));
}

/** a·b mod P over GF(2). */
function multiply(a: bigint, b: bigint): bigint {
  let product = 0n;
  let shifted = a;
  for (let rest = b; rest > 0n; rest >>= 1n) {
    if (rest & 1n) product ^= shifted;
    shifted <<= 1n;
    if (shifted >> 128n) shifted ^= CHARACTERISTIC;
  }
  return product;
}

/** The state p(T) s. */
function apply(polynomial: bigint, s: Int32Array): Int32Array {
  const sum = new Int32Array(4);
  for (let rest = polynomial; rest > 0n; rest >>= 1n) {
    if (rest & 1n) for (let i = 0; i < 4; i++) sum[i] ^= s[i];
    advance(s);
  }
  return sum;
}
