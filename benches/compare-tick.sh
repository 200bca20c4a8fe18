#!/bin/sh
# Holds the Hawkes fits of crates/dynamics beside those of tick (PyPI, 0.8), on the same events, in one run: log-likelihoods
# at the same parameters and at each one's own summit, and the time of one fit on one core.
#
#   benches/compare-tick.sh [VENV]
#
# VENV is a folder for a Python virtual environment (default: a temporary one, deleted at the end); tick is installed there
# from PyPI, which needs the network once. tick's loss is turned into a log-likelihood by ℓ = −n·loss − D·T, with n the number of events.
# SIZES="2:100000 10:100000" chooses other sizes; RUNS=3 is how often each fit is timed, the best counts.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
venv=${1:-$work/venv}
if ! "$venv/bin/python" -c 'import tick' 2>/dev/null; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet 'tick==0.8.*' numpydoc six scipy
fi
(cd "$here" && ${CARGO:-cargo} build --quiet --release --package counterclaim-dynamics --example hawkes)
hawkes=${CARGO_TARGET_DIR:-$here/target}/release/examples/hawkes
OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 SIZES=${SIZES:-2:100000 10:100000 10:1000000 30:100000} RUNS=${RUNS:-3} \
  "$venv/bin/python" -W ignore - "$hawkes" "$work" <<'PY'
import json, os, subprocess, sys, time
import numpy as np
from scipy.optimize import minimize
from tick.hawkes import ModelHawkesExpKernLogLik, SimuHawkesExpKernels

hawkes, work = sys.argv[1:]
runs, decay, worst = int(os.environ["RUNS"]), 1.5, 0.0

def model_of(times, d, end):
    model = ModelHawkesExpKernLogLik(decay, n_threads=1)
    model.fit([np.asarray(t, dtype=float) for t in times], end_times=end)
    return model

def likelihood(model, x, n, d, end):
    return -n * model.loss(np.asarray(x, dtype=float)) - d * end

def coeffs(baseline, adjacency):
    return np.concatenate([np.asarray(baseline, dtype=float), np.asarray(adjacency, dtype=float).ravel()])

def ours(times, d, end):
    path = os.path.join(work, "events")
    with open(path, "w") as f:
        for i, series in enumerate(times):
            f.writelines(f"{i} {t!r}\n" for t in map(float, series))
    out = subprocess.run([hawkes, path, str(d), repr(end), str(decay), str(runs)], capture_output=True, text=True)
    if out.returncode:
        sys.exit(out.stderr)
    return json.loads(out.stdout)

print(f"{'D':>3} {'events':>9} {'tick':>9} {'here':>9} {'times':>6}  {'l here':>18} {'tick at ours':>18} {'gap':>8} {'l tick fit':>18}")
for size in os.environ["SIZES"].split():
    d, n = map(int, size.split(":"))
    end = n / d
    simulation = SimuHawkesExpKernels(np.full((d, d), 0.6 / d), decay, baseline=np.full(d, 0.4), end_time=end, seed=3, verbose=False)
    simulation.simulate()
    times = simulation.timestamps
    n = sum(map(len, times))
    best = float("inf")
    for _ in range(runs):
        start = time.perf_counter()
        model = model_of(times, d, end)
        x0 = coeffs(np.full(d, 0.5 * n / d / end), np.full((d, d), 0.5 / d))
        found = minimize(lambda x: (model.loss(x), model.grad(x)), x0, jac=True, method="L-BFGS-B",
                         bounds=[(1e-10, None)] * len(x0), options={"maxiter": 1000, "ftol": 1e-12, "gtol": 1e-8})
        best = min(best, time.perf_counter() - start)
    here = ours(times, d, end)
    at_ours = likelihood(model, np.maximum(coeffs(here["baseline"], here["adjacency"]), 1e-300), n, d, end)
    gap = abs(at_ours - here["log_likelihood"])
    worst = max(worst, gap / abs(at_ours))
    print(f"{d:>3} {n:>9} {best * 1e3:>6.0f} ms {here['seconds'] * 1e3:>6.0f} ms {best / here['seconds']:>6.1f}  "
          f"{here['log_likelihood']:>18.6f} {at_ours:>18.6f} {gap:>8.1e} {likelihood(model, found.x, n, d, end):>18.6f}")

# A small case, to the last digits: the published D = 2 example.
times = [np.array([.5, 1.7, 3, 3.2, 6.1]), np.array([.9, 1.8, 3.1, 7])]
decay = 1.2
model = model_of(times, 2, 8.0)
value = likelihood(model, coeffs([.3, .2], [[.3, .2], [.5, .1]]), 9, 2, 8.0)
print(f"published example: tick {value:.12f}, reference -14.541385712101")
print(f"largest relative gap of log-likelihoods: {worst:.1e}")
sys.exit(worst > 1e-6)
PY
