# A class to seats: most placed, then the highest total score; and the stable plan. Sourced by compare.sh.

SIZES="1k:1000:200 10k:10000:2000 100k:100000:10000"
[ -n "$QUICK" ] && SIZES="1k:1000:200 10k:10000:2000"

python_packages ortools scipy matching
anchor_programs ""
ours compare_allocate
LEMON=$BENCH/lemon_alloc
[ -x "$LEMON" ] || {
  { [ -e /usr/include/lemon/network_simplex.h ] && command -v g++ >/dev/null; } || again install_apt g++ liblemon-dev
  g++ -O3 -march=native -std=c++17 -o "$LEMON" "$ANCHORS/lemon_alloc.cpp" >&2
}

# Every data set is NAME of $BENCH/data; the instances of one size differ in seats a graduate.
instance() { mkdir -p "$BENCH/data"; made "$BENCH/data/$1.made" "$BUILD/anchors/release/gen" --what alloc --g "$2" --v "$3" --share "$4" --out "$BENCH/data/$1"; }
DATA=
for size in $SIZES; do
  IFS=: read -r name people vacancies <<<"$size"
  for share in 0.6 1.0 1.5; do
    instance "a$name.$share" "$people" "$vacancies" "$share"
    DATA="$DATA a$name.$share"
  done
done
SHAPES=$("$PYTHON" "$HERE/shapes.py" "$BENCH/data/shapes")

python_anchor() { timeout 300 "$PYTHON" "$ANCHORS/alloc_py.py" --data "$1" --solver "$2" --out "$OUT/$3.jsonl" >&2; }

for PASS in 1 2; do
  OUT=$BENCH/out/allocate/$PASS
  rm -rf "$OUT"
  mkdir -p "$OUT"
  for name in $DATA; do
    say "$name, turn $PASS"
    data=$BENCH/data/$name
    "$PROGRAM" --data "$data" --turns 3 --out "$OUT/serap.jsonl" >&2
    for solver in ortools_maxflow ortools; do python_anchor "$data" $solver theirs; done
    case $name in
      a100k.1.*) ;;
      *.0.6) "$LEMON" "$data" ns >>"$OUT/theirs.jsonl" ;;&
      a1k.0.6 | a10k.0.6) python_anchor "$data" mwfbm theirs ;;
    esac
  done
  say "The stable plan, turn $PASS"
  "$PROGRAM" --data "$BENCH/data/a10k.0.6" --way stable --turns 3 --out "$OUT/stable.jsonl" >&2
  python_anchor "$BENCH/data/a10k.0.6" da_py stable
  # Its set-up takes a minute, so it has one turn, and none in a quick run.
  [ $PASS -eq 2 ] || [ -n "$QUICK" ] || python_anchor "$BENCH/data/a10k.0.6" hr stable
  say "Shapes, turn $PASS"
  for name in $SHAPES; do
    data=$BENCH/data/shapes/$name
    "$PROGRAM" --data "$data" --turns 3 --out "$OUT/serap.jsonl" >&2
    for solver in ortools_maxflow ortools; do python_anchor "$data" $solver theirs; done
  done
done
"$PYTHON" "$HERE/allocate.py" "$BENCH/out/allocate" "$BENCH/data"
