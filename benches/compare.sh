#!/usr/bin/env bash
# Measures Serap beside what people would use instead: ours, theirs, ours, theirs, in one run.
#
#   benches/compare.sh match [--quick] [--engines tantivy,postgres,sqlite,duckdb,numpy]
#   benches/compare.sh text  [--quick]
#   benches/compare.sh allocate [--quick]
#
# Prints `RATIO <name> <ours/anchor> (ours <value> anchor <value> <unit>)` and `FIGURE <name> <value> <unit>` lines; what it
# does meanwhile goes to stderr. All times are on-CPU times, so other work on the machine disturbs little. `--quick` takes
# 100,000 graduates and fewer questions, of allocations at most 10,000. Everything made lies under target/bench (or SERAP_BENCH_DIR) and is used again.
set -euo pipefail
cd "$(dirname "$0")/.."
ROOT=$PWD
BENCH=${SERAP_BENCH_DIR:-$ROOT/target/bench}
BUILD=${CARGO_TARGET_DIR:-$ROOT/target}
ANCHORS=$ROOT/benches/anchors
HERE=$ROOT/benches/compare
PYTHON=$BENCH/venv/bin/python
export PYTHONDONTWRITEBYTECODE=1

say() { printf '== %s\n' "$1" >&2; }
again() { "$@" || { say "once more: $*"; sleep 20; "$@"; }; }

QUICK=
ENGINES=tantivy,postgres,sqlite,duckdb,numpy
WHAT=${1:-}
shift || true
while [ $# -gt 0 ]; do
  case $1 in
    --quick) QUICK=1 ;;
    --engines) ENGINES=$2; shift ;;
    *) echo "unknown option $1" >&2; exit 2 ;;
  esac
  shift
done

install_apt() {
  local sudo=""
  [ "$(id -u)" -eq 0 ] || sudo="sudo"
  $sudo apt-get -o DPkg::Lock::Timeout=300 update >&2 && $sudo apt-get -o DPkg::Lock::Timeout=300 install -y "$@" >&2
}

# python_packages MORE...: what every comparison needs, and MORE, which are imported under their own names.
python_packages() {
  local missing=0 more="$*"
  [ -x "$PYTHON" ] && "$PYTHON" -c "import numpy, pandas, duckdb, rapidfuzz, psycopg${more:+, ${more// /, }}" 2>/dev/null || missing=1
  [ $missing -eq 0 ] && return
  say "Python packages"
  mkdir -p "$BENCH"
  python3 -m venv "$BENCH/venv" 2>/dev/null || { again install_apt python3-venv; python3 -m venv "$BENCH/venv"; }
  again "$BENCH/venv/bin/pip" install --quiet numpy pandas duckdb rapidfuzz 'psycopg[binary]' "$@" >&2
}

# anchor_programs FEATURES: gen, and the anchors that are Rust, for this machine's own processor.
anchor_programs() {
  say "Building the anchors ($1)"
  (cd "$ANCHORS/rs" && CARGO_TARGET_DIR=$BUILD/anchors RUSTFLAGS="-C target-cpu=native" cargo build --release --locked --quiet ${1:+--features "$1"} >&2)
}

# made FILE COMMAND...: runs the command unless its mark is there already.
made() {
  local mark=$1
  shift
  [ -e "$mark" ] && return
  say "$*"
  "$@" >&2
  touch "$mark"
}

world() { mkdir -p "$BENCH/data"; made "$BENCH/data/w$1.made" "$BUILD/anchors/release/gen" --what world --n "$1" --vac 10000 --out "$BENCH/data/w$1"; }
titles() { mkdir -p "$BENCH/data"; made "$BENCH/data/$1.made" "$BUILD/anchors/release/gen" --what text --titles "$2" --out "$BENCH/data/$1"; }

# ours NAME: builds a bench of ours (for any x86-64, as it ships) and sets PROGRAM to it.
ours() {
  say "Building $1"
  PROGRAM=$(CARGO_TARGET_DIR=$BUILD cargo bench --no-default-features --bench "$1" --no-run --message-format=json-render-diagnostics \
    | "$PYTHON" -c 'import json, sys
for line in sys.stdin:
    made = json.loads(line)
    if made.get("executable") and made["target"]["name"] == sys.argv[1]: print(made["executable"])' "$1")
}

wants() { case ",$ENGINES," in *",$1,"*) return 0 ;; *) return 1 ;; esac; }

case $WHAT in
  match) . "$HERE/match.sh" ;;
  text) . "$HERE/text.sh" ;;
  allocate) . "$HERE/allocate.sh" ;;
  *) echo "usage: benches/compare.sh match|text|allocate [--quick] [--engines A,B]" >&2; exit 2 ;;
esac
