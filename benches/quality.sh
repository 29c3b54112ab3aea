#!/usr/bin/env bash
# Scores `serap rank` on every set in SERAP_SETS (default ../shared/anchors/quality) beside the figures to be reached.
#
# Prints `QUALITY <set> <figure> <value> (reach <r> stretch <s>) ok|below` lines; exits 1 if any is below its reach. The sets are
# for measuring only and are not part of the project. SERAP names a binary to use instead of building one.
set -euo pipefail
cd "$(dirname "$0")/.."
SETS=${SERAP_SETS:-../shared/anchors/quality}
BENCH=${SERAP_BENCH_DIR:-target/bench}
export PYTHONDONTWRITEBYTECODE=1

if [ ! -e "$SETS/score.py" ]; then
  echo "no score.py in $SETS; name the folder by SERAP_SETS" >&2
  exit 2
fi
if [ -z "${SERAP:-}" ]; then
  echo "== Building serap" >&2
  cargo build --release --quiet --bin serap >&2
  SERAP=${CARGO_TARGET_DIR:-target}/release/serap
fi
mkdir -p "$BENCH/quality"
exec python3 benches/compare/quality.py "$SERAP" "$SETS" "$BENCH/quality"
