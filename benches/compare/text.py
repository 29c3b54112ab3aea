"""text.py FOLDER: prints RATIO and FIGURE lines of the text comparison; of two turns the better counts on each side.

These ratios are of questions answered a CPU second, so more is better; the growth is of time, so less is better.
"""
import json, sys
from pathlib import Path

rows = [[json.loads(line) for name in ("15k", "150k", "rapidfuzz") for line in (Path(sys.argv[1]) / turn / f"{name}.jsonl").read_text().splitlines()] for turn in "12"]


def best(name, titles=15_000):
    found = [r for turn in rows for r in turn if r["lib"] == name and r["titles"] == titles]
    return max(found, key=lambda r: r["queries_per_cpu_s"])


def ratio(name, ours, theirs, unit, tail=""):
    print(f"RATIO {name} {ours / theirs:.4f} (ours {ours:.5g} anchor {theirs:.5g} {unit}){tail}")


ours, grown = best("serap"), best("serap", 150_000)
for name, theirs in (("cdist", best("cdist ratio")), ("extractone", best("extractOne ratio")), ("strsim", best("strsim"))):
    ratio(f"text.15k.{name}", ours["queries_per_cpu_s"], theirs["queries_per_cpu_s"], "questions a CPU-s", f" top-1 ours {ours['top1']:.3f} anchor {theirs['top1']:.3f}")
ratio("text.growth", 1e6 / grown["queries_per_cpu_s"], 1e6 / ours["queries_per_cpu_s"], "CPU-us a question; the anchor is ours with a tenth of the titles")
for name, value, unit in (
    ("p50", ours["p50_us"], "us"), ("p95", ours["p95_us"], "us"), ("top1", ours["top1"], "share"), ("build", ours["build_cpu_s"], "CPU-s"), ("memory", ours["rss_mb"], "MB"),
):
    print(f"FIGURE text.15k.{name} {value:.5g} {unit}")
print(f"FIGURE text.150k.p50 {grown['p50_us']:.5g} us")
print(f"FIGURE text.150k.top1 {grown['top1']:.5g} share")
