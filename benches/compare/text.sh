# The title meant by a noisy text, of 15,000 titles. Sourced by compare.sh.

# rapidfuzz's cdist takes three times its sample, so both sides answer the same questions.
ASKED=4500 SAMPLE=1500 GROWN=2000
[ -n "$QUICK" ] && ASKED=900 SAMPLE=300 GROWN=500

python_packages
anchor_programs ""
titles text 15000
titles text10 150000
ours compare_text

for PASS in 1 2; do
  OUT=$BENCH/out/text/$PASS
  rm -rf "$OUT"
  mkdir -p "$OUT"
  say "serap, turn $PASS"
  "$PROGRAM" --data "$BENCH/data/text" --queries "$ASKED" --strsim 100 --out "$OUT/15k.jsonl" >&2
  "$PROGRAM" --data "$BENCH/data/text10" --queries "$GROWN" --out "$OUT/150k.jsonl" >&2
  say "rapidfuzz, turn $PASS"
  "$PYTHON" "$ANCHORS/strings_py.py" --data "$BENCH/data/text" --sample "$SAMPLE" --out "$OUT/rapidfuzz.jsonl" >&2
done
"$PYTHON" "$HERE/text.py" "$BENCH/out/text"
