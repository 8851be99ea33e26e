"""The loop of the direct engine in NumPy, for bench.ts.

    python3 sgd_loop.py D K steps       prints microseconds a step

M = K spikes rho_m = 1/m, bulk 0.1, sigmoid, eta = 1; NumPy's own random numbers. Arrays of length D
are allocated once: a new one a step can double the time.
"""

import json
import math
import sys
import time

import numpy as np

try:
    from scipy.special import erf
except ImportError:
    erf = np.vectorize(math.erf)

D, K, steps = map(int, sys.argv[1:])
rng = np.random.default_rng(1)
w = 0.1 * rng.standard_normal((K, D))
v = 0.1 * rng.standard_normal((K, D)) / math.sqrt(D)
scale = np.full(D, math.sqrt(0.1 / D))
scale[:K] = 1 / np.sqrt(np.arange(1, K + 1))
x, delta, change = np.empty(D), np.empty(D), np.empty((K, D))


def step():
    rng.standard_normal(out=x)
    np.multiply(x, scale, out=x)
    field = w @ x
    g = erf(field * math.sqrt(0.5))
    slope = math.sqrt(2 / math.pi) * np.exp(-0.5 * field * field)
    np.matmul(g, v, out=delta)
    np.subtract(x, delta, out=delta)
    pull = slope * (v @ delta)
    np.multiply.outer(g / D, delta, out=change)
    np.add(v, change, out=v)
    np.multiply.outer(pull / D, x, out=change)
    np.add(w, change, out=w)


for _ in range(steps // 4):
    step()
began = time.perf_counter()
for _ in range(steps):
    step()
print(json.dumps({"microseconds": 1e6 * (time.perf_counter() - began) / steps}))
