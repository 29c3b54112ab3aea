# Top 50 of all graduates for one vacancy, and for a thousand at once. Sourced by compare.sh.

SIZES="100000 1000000" ASKED=300 BUDGET=60 THEIRS=100 UPDATES=2000
[ -n "$QUICK" ] && SIZES="100000" ASKED=100 BUDGET=20 THEIRS=50 UPDATES=500
BATCH=1000
SQL="$PYTHON $ANCHORS/match_sql.py --q $THEIRS --budget $BUDGET"

. "$HERE/postgres.sh"

python_packages
FEATURES=
wants tantivy && FEATURES=tantivy_anchor
anchor_programs "$FEATURES"
for n in $SIZES; do world "$n"; done
wants postgres && postgres_up
ours compare_match

# One engine's turn: figures to $OUT/ENGINE.jsonl, answers beside them.
turn() {
  local engine=$1 n=$2 data=$BENCH/data/w$2 load=()
  say "$engine, $n graduates, turn $PASS"
  case $engine in
    tantivy)
      "$BUILD/anchors/release/tantivy_anchor" --n "$n" --q "$ASKED" --dir "$BENCH/tantivy" --answers "$OUT/tantivy" >"$OUT/tantivy.jsonl" ;;
    postgres)
      [ -e "$BENCH/pg.$n.made" ] || { load=(--load); postgres_database "$n"; }
      $SQL --engine pg --dsn "$(postgres_dsn "$n")" --serial --data "$data" --out "$OUT/postgres.jsonl" --answers "$OUT/postgres" "${load[@]}" >&2
      touch "$BENCH/pg.$n.made" ;;
    sqlite)
      [ -e "$BENCH/sqlite.$n.made" ] || load=(--load)
      $SQL --engine sqlite --db "$BENCH/s$n.db" --data "$data" --out "$OUT/sqlite.jsonl" --answers "$OUT/sqlite" "${load[@]}" >&2
      touch "$BENCH/sqlite.$n.made" ;;
    duckdb)
      $SQL --engine duckdb --data "$data" --out "$OUT/duckdb.jsonl" --answers "$OUT/duckdb" >&2
      "$PYTHON" "$HERE/batch.py" "$data" "$BATCH" "$OUT/duckdb.batch.json" "$OUT/duckdb.jsonl" >&2 ;;
    numpy)
      "$PYTHON" "$ANCHORS/match_numpy.py" --kind postings --data "$data" --q 50 --out "$OUT/numpy.jsonl" --answers "$OUT/numpy" >&2 ;;
  esac
}

for n in $SIZES; do
  for PASS in 1 2; do
    OUT=$BENCH/out/match/$n/$PASS
    rm -rf "$OUT"
    mkdir -p "$OUT"
    say "serap, $n graduates, turn $PASS"
    updates=0
    [ $PASS -eq 1 ] && updates=$UPDATES
    "$PROGRAM" --n "$n" --q "$ASKED" --budget "$BUDGET" --vac "$BATCH" --updates "$updates" --answers "$OUT/serap" --out "$OUT/serap.jsonl" >&2
    for engine in tantivy postgres sqlite duckdb numpy; do
      if wants $engine; then turn $engine "$n"; fi
    done
  done
done

say "Same answers? Positions are compared by score and by metres within 2 (Serap counts whole metres, the anchors fractions, tantivy in f32);"
say "who lives within a metre of the 30 km border is left out. Flags: anchors in Rust target-cpu=native, Serap as it ships."
"$PYTHON" "$HERE/match.py" "$ANCHORS" "$BENCH" "$ENGINES" $SIZES
