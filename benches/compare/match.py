"""match.py ANCHORS BENCH ENGINES SIZE...: checks that answers are equal, then prints RATIO and FIGURE lines.

Of two turns the better one counts on each side: other work on the machine only ever adds. A pair whose answers differ gets no
RATIO line but a DIFFERS line, and the exit code is 1.
"""
import json, statistics, sys
from pathlib import Path

anchors, bench, engines = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3].split(",")
sizes = [int(n) for n in sys.argv[4:]]
sys.path.insert(0, str(anchors))
from common import Data, RADIUS_KM, Vac, haversine

MODES, PASSES = ("local", "national", "soft"), (1, 2)
NEAR = 2.0  # metres within which two places in an order are one
SHORT = {100_000: "100k", 1_000_000: "1m"}
wrong = False


def rows(n, turn, engine):
    path = bench / "out" / "match" / str(n) / str(turn) / f"{engine}.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def row(n, turn, engine, mode, **more):
    fits = lambda r: r.get("mode") == mode and all(r.get(k) == v for k, v in more.items())
    return next((r for r in rows(n, turn, engine) if fits(r)), None)


def answers(n, turn, engine, mode):
    name = {"numpy": f"numpy.postings.{mode}.json"}.get(engine, f"{engine}.{mode}.json")
    return json.loads((bench / "out" / "match" / str(n) / str(turn) / name).read_text())


def compare(data, local, ours, theirs):
    """(questions, equal to the id, equal but for ties, first that differs or None)"""
    same = ties = 0
    for number, (mine, other) in enumerate(zip(ours, theirs)):
        vacancy, lists = Vac(data, number), []
        for answer in (mine, other):
            ids = [i for i, points in answer if points > 0]
            metres = dict(zip(ids, 1000 * haversine(data.grad_lat[ids], data.grad_lon[ids], vacancy.lat, vacancy.lon))) if ids else {}
            lists.append(sorted((-points, metres[i], i) for i, points in answer if points > 0))
        border = {i for l in lists for _, m, i in l if local and abs(m - 1000 * RADIUS_KM) <= 1}
        kept = [[entry for entry in l if entry[2] not in border] for l in lists]
        if border:
            shared = min(map(len, kept))
            kept = [l[:shared] for l in kept]
        a, b = kept
        if len(a) != len(b) or any(x[0] != y[0] or abs(x[1] - y[1]) > NEAR for x, y in zip(a, b)):
            return number, same, ties, number
        if {x[2] for x in a} == {y[2] for y in b}:
            same += 1
        else:
            ties += 1
    return min(len(ours), len(theirs)), same, ties, None


def times(n, turn, mode, first):
    path = bench / "out" / "match" / str(n) / str(turn) / f"serap.{mode}.times"
    return [float(line) for line in path.read_text().splitlines()[:first]]


def equal(name, data, n, engine, mode, local):
    global wrong
    for turn in PASSES:
        asked, same, ties, differs = compare(data, local, answers(n, turn, "serap", mode), answers(n, turn, engine, mode))
        if differs is not None:
            wrong = True
            print(f"DIFFERS {name} at question {differs} of turn {turn}: no time is quoted")
            return False
        print(f"EQUAL {name} turn {turn}: {asked} questions, {same} with the same people, {ties} but for ties", file=sys.stderr)
    return True


def ratio(name, ours, theirs, unit):
    print(f"RATIO {name} {ours / theirs:.6f} (ours {ours:.5g} anchor {theirs:.5g} {unit})")


def figure(name, value, unit):
    print(f"FIGURE {name} {value:.5g} {unit}")


def figures(n):
    size = SHORT[n]
    for mode in MODES:
        got = [r for r in (row(n, turn, "serap", mode) for turn in PASSES) if r]
        p50, p95 = min(r["cpu_p50_ms"] for r in got), min(r["cpu_p95_ms"] for r in got)
        figure(f"match.{mode}.{size}.p50", 1e3 * p50, "us")
        figure(f"match.{mode}.{size}.p95", 1e3 * p95, "us")
        figure(f"match.{mode}.{size}.p95_to_p50", p95 / p50, "times")
    built = [row(n, turn, "serap", "build") for turn in PASSES]
    figure(f"match.{size}.build", min(r["build_cpu_s"] for r in built), "CPU-s, making candidates of columns taken off")
    figure(f"match.{size}.candidates", min(r["candidates_cpu_s"] for r in built), "CPU-s to make candidates of columns")
    figure(f"match.{size}.bytes_per_graduate", min(r["bytes_per_graduate"] for r in built), "bytes of resident memory")
    for changes in (1, 100):
        moved = row(n, 1, "serap", "updates", size=changes)
        if moved:
            figure(f"match.{size}.updates_by_{changes}", moved["changes_per_cpu_s"], "changes a CPU-s")
            figure(f"match.{size}.updates_by_{changes}.reader_p95", 1e3 * moved["reader_cpu_p95_ms"], "us, local questions meanwhile")


loaded = {n: Data(bench / "data" / f"w{n}") for n in sizes}
for n in sizes:
    size = SHORT[n]
    for engine in engines:
        for mode in MODES:
            name = f"match.{mode}.{size}.{engine}"
            theirs = [r for r in (row(n, turn, engine, mode) for turn in PASSES) if r]
            if len(theirs) < 2:
                wrong = True
                print(f"MISSING {name}: the anchor gave no figures")
            elif equal(name, loaded[n], n, engine, mode, mode == "local"):
                first = min(r["queries"] for r in theirs)
                ours = min(statistics.median(times(n, turn, mode, first)) for turn in PASSES)
                ratio(name, ours, min(r["cpu_p50_ms"] for r in theirs), "CPU-ms p50")
    if "duckdb" in engines:
        name = f"match.batch.{size}.duckdb"
        if equal(name, loaded[n], n, "duckdb", "batch", True):
            theirs = min(r["cpu_s"] for turn in PASSES for r in rows(n, turn, "duckdb") if r["engine"] == "duckdb:batch")
            ratio(name, min(row(n, turn, "serap", "batch")["cpu_s"] for turn in PASSES), theirs, "CPU-s")
    figures(n)
if 100_000 in sizes and 1_000_000 in sizes:
    for mode in MODES:
        large, small = (min(row(n, turn, "serap", mode)["cpu_p50_ms"] for turn in PASSES) for n in (1_000_000, 100_000))
        ratio(f"match.growth.{mode}", large, small, "CPU-ms p50; the anchor is ours with a tenth of the graduates")
sys.exit(wrong)
