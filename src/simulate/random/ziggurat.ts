import { drawBits } from "./xoshiro.js";

/*
 * Standard normals by the ziggurat of Marsaglia & Tsang (J. Stat. Softw. 5 (2000) 8) with 256 layers
 * of equal area, 52 random bits for sign and place in a layer and other bits for the layer: in the
 * original they share bits, which correlates them (Doornik 2005).
 */

const LAYERS = 256;
/** Where the lowest layer's tail begins, and the area of every layer under exp(−x²/2). */
const TAIL = 3.6541528853610088;
const AREA = 0.00492867323397465524;
const SCALE = 2 ** -51;

const density = (x: number) => Math.exp(-0.5 * x * x);

/** EDGE[i]: right end of layer i; layer 0 is as wide as its area, tail included, demands. */
const EDGE = new Float64Array(LAYERS + 1);
/** density(EDGE[i]) */
const HEIGHT = new Float64Array(LAYERS + 1);
/** EDGE[i]/2^51: from 52 bits with a sign to a place in the layer */
const WIDTH = new Float64Array(LAYERS);
/** places nearer to zero than this lie under the curve for certain */
const INSIDE = new Float64Array(LAYERS);

EDGE[0] = AREA / density(TAIL);
EDGE[1] = TAIL;
for (let i = 2; i < LAYERS; i++) {
  EDGE[i] = Math.sqrt(-2 * Math.log(AREA / EDGE[i - 1] + density(EDGE[i - 1])));
}
for (let i = 0; i < LAYERS; i++) {
  HEIGHT[i] = density(EDGE[i]);
  WIDTH[i] = EDGE[i] * SCALE;
  INSIDE[i] = EDGE[i + 1] / WIDTH[i];
}
HEIGHT[LAYERS] = 1;

/** Fills out[from … to) with standard normals and steps the state of the generator. */
export function fillNormals(s: Int32Array, out: Float64Array, from: number, to: number): void {
  let s0 = s[0];
  let s1 = s[1];
  let s2 = s[2];
  let s3 = s[3];
  for (let i = from; i < to; i++) {
    // two draws of xoshiro128++, written out: a call for each would double the time
    let sum = (s0 + s3) | 0;
    const low = (((sum << 7) | (sum >>> 25)) + s0) | 0;
    let t = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = (s3 << 11) | (s3 >>> 21);
    sum = (s0 + s3) | 0;
    const high = (((sum << 7) | (sum >>> 25)) + s0) | 0;
    t = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= t;
    s3 = (s3 << 11) | (s3 >>> 21);

    const layer = low & 255;
    const place = high * 1048576 + (low >>> 12);
    const x = place * WIDTH[layer];
    out[i] = x;
    if (Math.abs(place) < INSIDE[layer]) continue;
    // one in a hundred
    s[0] = s0;
    s[1] = s1;
    s[2] = s2;
    s[3] = s3;
    if (layer === 0) out[i] = high < 0 ? -drawTail(s) : drawTail(s);
    else if (!underCurve(s, layer, x)) i--;
    s0 = s[0];
    s1 = s[1];
    s2 = s[2];
    s3 = s[3];
  }
  s[0] = s0;
  s[1] = s1;
  s[2] = s2;
  s[3] = s3;
}

/** Fills out[from … to) with numbers in (0, 1), never an end. */
export function fillUniforms(s: Int32Array, out: Float64Array, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    const high = drawBits(s) >>> 6;
    const low = drawBits(s) >>> 6;
    out[i] = (high * 67108864 + low + 0.5) * 2 ** -52;
  }
}

const uniform = new Float64Array(1);

/** One number in (0, 1), for what is needed rarely. */
function drawUniform(s: Int32Array): number {
  fillUniforms(s, uniform, 0, 1);
  return uniform[0];
}

/** A normal beyond the last edge (Marsaglia, Technometrics 6 (1964) 101). */
function drawTail(s: Int32Array): number {
  for (;;) {
    const x = -Math.log(drawUniform(s)) / TAIL;
    if (-2 * Math.log(drawUniform(s)) > x * x) return TAIL + x;
  }
}

/** Whether a random height in the layer lies below the curve at x. */
function underCurve(s: Int32Array, layer: number, x: number): boolean {
  const height = HEIGHT[layer] + drawUniform(s) * (HEIGHT[layer + 1] - HEIGHT[layer]);
  return height < density(x);
}
