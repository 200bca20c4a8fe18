#!/bin/sh
# Holds this crate's desk scorer against score.py: all figures must agree to 1e-9.
#
#   evaluation/compare-desk.sh --run BINARY        both score what BINARY reads
#   evaluation/compare-desk.sh --readings DIR      both score DIR/<case>.json made earlier
#
# BINARY is the `counterclaim` binary. Its readings are made once, one call a case, and given to score.py (--run itself
# would give the same) and to the Rust scorer. XTASK='cargo xtask eval ... --json' compares with that command's JSON
# instead (its figures may be nested under "desk" or "figures"). DESK names the folder with score.py, aliases.tsv
# and dev/ (default: ../shared/desk beside the repository).
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
run='' readings=''
while [ $# -gt 0 ]; do
  case $1 in
    --run) run=$2; shift 2 ;;
    --readings) readings=$2; shift 2 ;;
    *) echo "usage: $0 --run BINARY | --readings DIR" >&2; exit 2 ;;
  esac
done
[ -n "$run$readings" ] || { echo "usage: $0 --run BINARY | --readings DIR" >&2; exit 2; }
desk=${DESK:-$here/../shared/desk}
cases=${CASES:-$desk/dev}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ -n "$run" ]; then
  python3 "$desk/score.py" --run "$run read --format json {reports}" --json "$cases" > "$work/python.json"
  if [ -z "${XTASK:-}" ]; then
    readings=$work/readings
    mkdir "$readings"
    python3 - "$run" "$cases" "$readings" <<'PY'
import json, subprocess, sys
from pathlib import Path
run, cases, out = sys.argv[1:]
for f in sorted(Path(cases).glob("*.json")):
    case = json.loads(f.read_text())
    reports = Path(out) / "reports.jsonl"
    keys = ("id", "source", "published", "title", "text")
    reports.write_text("".join(json.dumps({k: r.get(k) for k in keys}, ensure_ascii=False) + "\n" for r in case["reports"]))
    r = subprocess.run([run, "read", "--format", "json", str(reports)], capture_output=True, text=True)
    if r.returncode == 0:
        (Path(out) / (case["case"] + ".json")).write_text(r.stdout)
PY
  fi
else
  python3 "$desk/score.py" --readings "$readings" --json "$cases" > "$work/python.json"
fi

if [ -n "${XTASK:-}" ]; then
  (cd "$here" && sh -c "$XTASK") > "$work/rust.json"
else
  (cd "$here" && cargo run --quiet --package counterclaim-evaluation --example desk-score -- \
    --readings "$readings" --aliases "$desk/aliases.tsv" "$cases") > "$work/rust.json"
fi

python3 - "$work/python.json" "$work/rust.json" <<'PY'
import json, sys
python, rust = (json.load(open(f)) for f in sys.argv[1:])
while "incidents" not in rust:
    inner = rust.get("desk") if isinstance(rust.get("desk"), dict) else rust.get("figures")
    if not isinstance(inner, dict): sys.exit("no desk figures in the Rust output")
    rust = inner
def flat(x, at=""):
    return {k2: v2 for k, v in x.items() for k2, v2 in flat(v, at + k + ".").items()} if isinstance(x, dict) else {at[:-1]: x}
a, b = flat(python), flat(rust)
bad = [k for k in sorted(a.keys() | b.keys()) if k not in a or k not in b or abs(a[k] - b[k]) > 1e-9]
for k in bad: print(f"{k}: score.py {a.get(k)}, Rust {b.get(k)}")
print(f"{len(a)} figures, {len(bad)} differ; desk {a['desk']:.6f}")
sys.exit(bool(bad))
PY
