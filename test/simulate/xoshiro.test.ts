import { expect, it } from "vitest";
import { streamOf } from "../../src/simulate/random/stream.js";
import { advance, drawBits, streamState } from "../../src/simulate/random/xoshiro.js";

const draw = (state: Int32Array, n: number) =>
  Array.from({ length: n }, () => drawBits(state) >>> 0);

it("draws the numbers of the reference implementation", () => {
  // xoshiro128plusplus.c (Blackman & Vigna) from the state 1, 2, 3, 4; also in rand_xoshiro's tests
  const reference = [
    641, 1573767, 3222811527, 3517856514, 836907274, 4247214768, 3867114732, 1355841295, 495546011,
    621204420,
  ];
  expect(draw(Int32Array.of(1, 2, 3, 4), 10)).toEqual(reference);
});

/** jump() of the reference implementation: 2^64 steps. */
function jump(state: Int32Array): Int32Array {
  const sum = new Int32Array(4);
  for (const word of [0x8764000b, 0xf542d2d3, 0x6fa035c3, 0x77f2db5b]) {
    for (let bit = 0; bit < 32; bit++) {
      if (word & (1 << bit)) for (let i = 0; i < 4; i++) sum[i] ^= state[i];
      advance(state);
    }
  }
  return sum;
}

it("stream n starts n jumps of the reference implementation after stream 0", () => {
  let state = streamState(0n);
  for (let n = 1; n <= 40; n++) {
    state = jump(state);
    expect(streamState(BigInt(n))).toEqual(state);
  }
});

it("streams of huge numbers compose: n + 1 is one jump after n", () => {
  for (const n of [2n ** 32n - 1n, 123456789n * 2n ** 33n, 2n ** 62n + 5n, 2n ** 63n - 1n]) {
    expect(streamState(n + 1n)).toEqual(jump(streamState(n)));
  }
});

/** The shortest linear recurrence of a sequence of bits (Berlekamp & Massey): its length. */
function complexity(bits: number[]): { length: number; connection: bigint } {
  let c = 1n;
  let b = 1n;
  let length = 0;
  let gap = 1n;
  bits.forEach((_, n) => {
    let sum = 0;
    for (let i = 0; i <= length; i++) if ((c >> BigInt(i)) & 1n) sum ^= bits[n - i];
    if (sum === 0) {
      gap++;
      return;
    }
    const previous = c;
    c ^= b << gap;
    if (2 * length > n) {
      gap++;
      return;
    }
    length = n + 1 - length;
    b = previous;
    gap = 1n;
  });
  return { length, connection: c };
}

it("the state's bits obey the characteristic polynomial that streams are computed with", () => {
  const state = Int32Array.of(5, 6, 7, 8);
  const bits = Array.from({ length: 400 }, () => {
    advance(state);
    return state[0] & 1;
  });
  const { length, connection } = complexity(bits);
  expect(length).toBe(128);
  const reversed = BigInt(`0b${[...connection.toString(2).padStart(129, "0")].reverse().join("")}`);
  expect(reversed).toBe(0x100fc65a2006254b11b489db6de18fc01n);
});

it("runs of other seed, dimension or engine share no stretch of their streams", () => {
  const seen = new Set<string>();
  let count = 0;
  for (const seed of [0, 1, 2, 0xffffffff]) {
    for (const dimension of [1, 2, 1000, 1e9]) {
      for (const engine of ["direct", "exact"] as const) {
        const { state } = streamOf({ seed, dimension, engine });
        // states, not draws: two streams that met once would stay together
        for (let i = 0; i < 2000; i++, count++) {
          seen.add(state.join());
          advance(state);
        }
      }
    }
  }
  expect(seen.size).toBe(count);
});
