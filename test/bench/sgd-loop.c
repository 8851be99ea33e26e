/*
 * The loop of the direct engine in C, from the same random bits: what bench.ts measures the engine
 * against. Normals agree to some 1e-13, since libraries round log and exp differently.
 * cc -O3 -march=native sgd-loop.c -lm
 *
 *     sgd-loop D K steps s0 s1 s2 s3
 *
 * M = K spikes rho_m = 1/m, bulk 0.1, sigmoid, eta = 1. Prints microseconds a step and a checksum.
 */
#define _GNU_SOURCE
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static uint32_t s[4];
static double edge[257], height[257], width[256], inside[256];
static const double TAIL = 3.6541528853610088, AREA = 0.00492867323397465524;

static inline uint32_t rotl(uint32_t x, int k) { return (x << k) | (x >> (32 - k)); }

static inline uint32_t draw(void) {
  uint32_t bits = rotl(s[0] + s[3], 7) + s[0], t = s[1] << 9;
  s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3]; s[2] ^= t; s[3] = rotl(s[3], 11);
  return bits;
}

static double uniform(void) {
  double high = draw() >> 6;
  return (high * 67108864 + (draw() >> 6) + 0.5) * 0x1p-52;
}

static void tables(void) {
  edge[0] = AREA / exp(-0.5 * TAIL * TAIL);
  edge[1] = TAIL;
  for (int i = 2; i < 256; i++)
    edge[i] = sqrt(-2 * log(AREA / edge[i - 1] + exp(-0.5 * edge[i - 1] * edge[i - 1])));
  for (int i = 0; i < 256; i++) {
    height[i] = exp(-0.5 * edge[i] * edge[i]);
    width[i] = edge[i] * 0x1p-51;
    inside[i] = edge[i + 1] / width[i];
  }
  height[256] = 1;
}

/* The generator's state stays in registers; only what one draw in a hundred needs sees it in memory. */
static void normals(double *restrict out, int n) {
  uint32_t s0 = s[0], s1 = s[1], s2 = s[2], s3 = s[3];
#define DRAW(bits) \
  bits = rotl(s0 + s3, 7) + s0, t = s1 << 9; \
  s2 ^= s0; s3 ^= s1; s1 ^= s2; s0 ^= s3; s2 ^= t; s3 = rotl(s3, 11)
  for (int i = 0; i < n; i++) {
    uint32_t low, high, t;
    DRAW(low);
    DRAW(high);
    int layer = low & 255;
    double place = (double)(int32_t)high * 1048576 + (low >> 12), x = place * width[layer];
    out[i] = x;
    if (fabs(place) < inside[layer]) continue;
    s[0] = s0; s[1] = s1; s[2] = s2; s[3] = s3;
    if (layer == 0) {
      double y;
      do y = -log(uniform()) / TAIL;
      while (!(-2 * log(uniform()) > y * y));
      out[i] = (int32_t)high < 0 ? -(TAIL + y) : TAIL + y;
    } else if (!(height[layer] + uniform() * (height[layer + 1] - height[layer]) < exp(-0.5 * x * x)))
      i--;
    s0 = s[0]; s1 = s[1]; s2 = s[2]; s3 = s[3];
  }
  s[0] = s0; s[1] = s1; s[2] = s2; s[3] = s3;
}

/* Sixteen sums at once: the compiler may not reorder a single one, and would wait for every addition. */
static double dot(const double *restrict x, const double *restrict y, int n) {
  double sums[16] = {0}, sum = 0;
  int i = 0;
  for (; i + 15 < n; i += 16)
    for (int j = 0; j < 16; j++) sums[j] += x[i + j] * y[i + j];
  for (; i < n; i++) sum += x[i] * y[i];
  for (int j = 0; j < 16; j++) sum += sums[j];
  return sum;
}

static void learn(double *restrict y, double a, const double *restrict x, int n) {
  for (int i = 0; i < n; i++) y[i] += a * x[i];
}

int main(int argc, char **argv) {
  if (argc != 8) return 1;
  int D = atoi(argv[1]), K = atoi(argv[2]);
  long steps = atol(argv[3]);
  for (int i = 0; i < 4; i++) s[i] = (uint32_t)strtoul(argv[4 + i], 0, 10);
  tables();
  double *w = malloc(sizeof(double) * K * D), *v = malloc(sizeof(double) * K * D);
  double *x = malloc(sizeof(double) * D), *delta = malloc(sizeof(double) * D);
  double *scale = malloc(sizeof(double) * D), *g = malloc(sizeof(double) * K);
  double *slope = malloc(sizeof(double) * K);
  for (int k = 0; k < K; k++)
    for (int i = 0; i < D; i++) {
      w[k * D + i] = 0.1 * sin(1 + k + 3.0 * i);
      v[k * D + i] = 0.1 * cos(1 + k + 3.0 * i) / sqrt(D);
    }
  for (int i = 0; i < D; i++) scale[i] = sqrt(i < K ? 1.0 / (i + 1) : 0.1 / D);
  struct timespec begin, end;
  for (long step = -steps / 4; step < steps; step++) {
    if (step == 0) clock_gettime(CLOCK_MONOTONIC, &begin);
    normals(x, D);
    for (int i = 0; i < D; i++) x[i] *= scale[i];
    for (int k = 0; k < K; k++) {
      double field = dot(w + k * D, x, D);
      g[k] = erf(field * M_SQRT1_2);
      slope[k] = sqrt(2 / M_PI) * exp(-0.5 * field * field);
    }
    for (int i = 0; i < D; i++) delta[i] = x[i];
    for (int k = 0; k < K; k++) learn(delta, -g[k], v + k * D, D);
    for (int k = 0; k < K; k++) {
      double pull = slope[k] * dot(v + k * D, delta, D);
      learn(v + k * D, g[k] / D, delta, D);
      learn(w + k * D, pull / D, x, D);
    }
  }
  clock_gettime(CLOCK_MONOTONIC, &end);
  double seconds = end.tv_sec - begin.tv_sec + 1e-9 * (end.tv_nsec - begin.tv_nsec), sum = 0;
  for (int k = 0; k < K; k++) sum += w[k * D] + v[k * D + D - 1];
  printf("{\"microseconds\": %.6g, \"checksum\": %.17g}\n", 1e6 * seconds / steps, sum);
}
