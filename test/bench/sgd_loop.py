"""The loop of the direct engine in NumPy, for bench.ts.

    python3 sgd_loop.py D K steps       prints microseconds a step

M = K spikes rho_m = 1/m, bulk 0.1, sigmoid, eta = 1; NumPy's own random numbers.
"""

import json
import math
import sys
import time

import numpy as np

D, K, steps = map(int, sys.argv[1:])
rng = np.random.default_rng(1)
w = 0.1 * rng.standard_normal((K, D))
v = 0.1 * rng.standard_normal((K, D)) / math.sqrt(D)
scale = np.full(D, math.sqrt(0.1 / D))
scale[:K] = 1 / np.sqrt(np.arange(1, K + 1))
x = np.empty(D)


def step():
    global w, v
    rng.standard_normal(out=x)
    np.multiply(x, scale, out=x)
    field = w @ x
    g = np.array([math.erf(f * math.sqrt(0.5)) for f in field])
    slope = math.sqrt(2 / math.pi) * np.exp(-0.5 * field * field)
    delta = x - g @ v
    pull = slope * (v @ delta)
    v += np.outer(g / D, delta)
    w += np.outer(pull / D, x)


for _ in range(steps // 4):
    step()
began = time.perf_counter()
for _ in range(steps):
    step()
print(json.dumps({"microseconds": 1e6 * (time.perf_counter() - began) / steps}))
