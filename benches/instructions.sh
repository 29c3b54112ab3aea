#!/usr/bin/env bash
# Counts the instructions of two hot functions under callgrind, which other work on the machine cannot disturb.
#
#   benches/instructions.sh           compares with benches/instructions.txt: exits 1 where more than 5 % are added
#   benches/instructions.sh --renew   writes the counts of now into that file
#
# Prints `INSTRUCTIONS <name> <count>` lines: instructions for one question, of a hundred.
set -euo pipefail
cd "$(dirname "$0")/.."
KEPT=benches/instructions.txt
BENCH=${SERAP_BENCH_DIR:-target/bench}
mkdir -p "$BENCH"

install_apt() {
  local sudo=""
  [ "$(id -u)" -eq 0 ] || sudo="sudo"
  $sudo apt-get -o DPkg::Lock::Timeout=300 update >&2 && $sudo apt-get -o DPkg::Lock::Timeout=300 install -y "$@" >&2
}
command -v valgrind >/dev/null || install_apt valgrind || { sleep 20; install_apt valgrind; }

PROGRAM=$(cargo bench --no-default-features --bench instructions --no-run --message-format=json-render-diagnostics \
  | python3 -c 'import json, sys
for line in sys.stdin:
    made = json.loads(line)
    if made.get("executable"): print(made["executable"])')

count() {
  local file=$BENCH/callgrind.$1
  valgrind --tool=callgrind --collect-atstart=no --toggle-collect="*counted_$1*" --callgrind-out-file="$file" "$PROGRAM" "$1" >"$file.log" 2>&1
  awk '/^summary:|^totals:/ { print int($2 / 100); exit }' "$file"
}

worse=0
[ "${1:-}" = --renew ] && : >"$BENCH/instructions.new"
for name in rank top_local; do
  now=$(count $name)
  [ -n "$now" ] && [ "$now" -gt 0 ] || { echo "nothing was counted for $name; see $BENCH/callgrind.$name.log" >&2; exit 2; }
  echo "INSTRUCTIONS $name $now"
  if [ "${1:-}" = --renew ]; then
    echo "$name $now" >>"$BENCH/instructions.new"
    continue
  fi
  kept=$(awk -v name=$name '$1 == name { print $2 }' "$KEPT")
  if [ -z "$kept" ]; then
    echo "$KEPT has no $name; renew it" >&2
    worse=1
  elif [ $((now * 100)) -gt $((kept * 105)) ]; then
    echo "$name takes $now instructions, $kept are on record" >&2
    worse=1
  elif [ $((now * 100)) -lt $((kept * 95)) ]; then
    echo "$name takes $now instructions, $kept are on record: better, renew the file" >&2
  fi
done
[ "${1:-}" = --renew ] && mv "$BENCH/instructions.new" "$KEPT"
exit $worse
