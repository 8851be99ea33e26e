"""Work and precision of CVODE (cvode.c) on sigmoid-k3, with its bulk and without.

    npm run build && python3 cvode.py [REPEATS]

Prints one row a run: relTol (absTol = relTol/1000), relative error of pmse and of the state at the end
(largest over largest) against Radau IIA in quadruple precision (test/fixtures/long-time.c), evaluations
with those for difference quotients, LU decompositions, the median and the least processor time of a
solve, and that of a right-hand side (f) and an analytic Jacobian (J), in microseconds.
"""

import importlib.util
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

HERE = pathlib.Path(__file__).parent
FIXTURES = HERE.parent / "fixtures"
spec = importlib.util.spec_from_file_location("long_time", FIXTURES / "long-time.py")
long_time = importlib.util.module_from_spec(spec)
spec.loader.exec_module(long_time)


def build(source, program):
    libraries = [f"-l{name}" for name in long_time.LIBRARIES]
    subprocess.run(["cc", "-O3", "-march=native", source, *libraries, "-o", program], check=True)


def main():
    repeats = sys.argv[1] if len(sys.argv) > 1 else "21"
    shipped = json.loads((HERE.parent.parent / "scenarios" / "sigmoid-k3.json").read_text())
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        build(HERE / "cvode.c", folder / "cvode")
        build(FIXTURES / "long-time.c", folder / "long-time")
        for bulk in 0.1, 0:
            case = {**shipped, "data": {**shipped["data"], "bulk": bulk}}
            case["initial"] = long_time.explicit(case)
            base = sum(case["data"]["spikes"]) + bulk
            for end in 1e3, 1e4, 1e5:
                case["time"] = {"at": [end]}
                problem = long_time.problem(case)
                arguments = [folder / "long-time", "radau", "1e-17", "1e-21"]
                lines = subprocess.run(arguments, input=problem, check=True, capture_output=True, text=True).stdout.splitlines()
                pmse, y = float(lines[0].split()[1]), np.array([float(x) for x in lines[1].split()])
                # long-time.c asks for the PCA error where cvode.c asks for the trace
                head, rest = problem.split("\n", 1)
                K, count, eta, _ = head.split()
                (folder / "problem").write_text(f"{K} {count} {eta} {base!r}\n{rest}\n")
                print(f"bulk {bulk}, t = {end:g}, pmse {pmse:.17g}")
                print("jacobian   relTol  error pmse error state  steps evaluations  J's  LU's     median      least     f     J")
                for jacobian in "quotients", "analytic":
                    for tolerance in 1e-8, 1e-9, 1e-10, 1e-11, 1e-12, 1e-13:
                        arguments = [folder / "cvode", folder / "problem", jacobian, str(tolerance), str(tolerance / 1e3), repeats]
                        run = json.loads(subprocess.run(arguments, check=True, capture_output=True, text=True).stdout)
                        last = run["ends"][0]
                        errors = abs(last["pmse"] / pmse - 1), np.max(np.abs(np.array(last["y"]) - y)) / np.max(np.abs(y))
                        print(
                            f"{jacobian:<10} {tolerance:.0e} {errors[0]:>11.2e} {errors[1]:>11.2e}"
                            f" {run['steps']:>6} {run['evaluations']:>11} {run['jacobians']:>4} {run['setups']:>5} {run['microseconds']:>10.0f} {run['least']:>10.0f}"
                            f" {run['slope']:>5.2f} {run['slopes']:>5.2f}",
                            flush=True,
                        )


main()
