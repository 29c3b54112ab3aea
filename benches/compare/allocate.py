"""allocate.py FOLDER DATA: prints RATIO and FIGURE lines of the allocations; of two turns the better counts on each side.

No time is quoted of a pair whose plans differ in people placed or in total score: it gets a DIFFERS line, and the exit code
is 1. OR-Tools is asked in two ways, of which the better counts. Its big-M way may lose people to score where chains are
long; such an answer is worse than the other's and does not count.
"""
import json, sys
from pathlib import Path

FOLDER, DATA = Path(sys.argv[1]), Path(sys.argv[2])
differs = False


def rows(name):
    """(data, solver) -> its rows of both turns"""
    found = {}
    for turn in "12":
        for line in (FOLDER / turn / f"{name}.jsonl").read_text().splitlines():
            row = json.loads(line)
            found.setdefault((str(Path(row["data"]).relative_to(DATA)), row["solver"]), []).append(row)
    return found


def best(found):
    """The better of the turns; all must have found the same."""
    plans = {(row["matched"], row["score"]) for row in found}
    return min(found, key=lambda row: row["solve_cpu_s"]) if len(plans) == 1 else None


def ratio(name, ours, theirs, unit="CPU-s"):
    print(f"RATIO {name} {ours / max(theirs, 1e-9):.4f} (ours {ours:.5g} anchor {theirs:.5g} {unit})")
    return ours / max(theirs, 1e-9)


def compare(name, ours, theirs):
    """The ratio of two rows, once their plans are equally good."""
    global differs
    plan = lambda row: (row["matched"], row["score"]) if row else None
    if not ours or plan(ours) != plan(theirs):
        differs = True
        print(f"DIFFERS {name} ours {plan(ours)} anchor {plan(theirs)}")
        return None
    return ratio(name, ours["solve_cpu_s"], theirs["solve_cpu_s"])


def ortools(data):
    ways = [best(theirs[(data, solver)]) for solver in ("ortools", "ortools_maxflow") if (data, solver) in theirs]
    ways = [row for row in ways if row]
    most = max(((row["matched"], row["score"]) for row in ways), default=None)
    ways = [row for row in ways if (row["matched"], row["score"]) == most]
    return min(ways, key=lambda row: row["solve_cpu_s"], default=None)


ours = {data: best(found) for (data, _), found in rows("serap").items()}
theirs = rows("theirs")
for data in (data for data in ours if not data.startswith("shapes/")):
    compare(f"allocate.{data[1:]}.ortools", ours[data], ortools(data))
    for solver, name in (("lemon:ns", "lemon"), ("mwfbm", "scipy")):
        if (data, solver) in theirs:
            compare(f"allocate.{data[1:]}.{name}", ours[data], best(theirs[(data, solver)]))

worst = None
for data in (data for data in ours if data.startswith("shapes/")):
    name = data.removeprefix("shapes/")
    found = compare(f"allocate.sweep.{name}.ortools", ours[data], ortools(data))
    if found is not None and (worst is None or found > worst[0]):
        worst = found, name
if worst:
    print(f"FIGURE allocate.sweep.worst {worst[0]:.4f} of {worst[1]}")

for share in ("0.6", "1.0", "1.5"):
    for small, large in (("1k", "10k"), ("10k", "100k")):
        pair = ours.get(f"a{small}.{share}"), ours.get(f"a{large}.{share}")
        if all(pair):
            ratio(f"allocate.{large}.{share}.growth", pair[1]["solve_cpu_s"], pair[0]["solve_cpu_s"], "CPU-s; the anchor is ours with a tenth of the edges")

row = ours.get("a100k.0.6")
if row:
    memory = row["peak_mb"] - row["loaded_mb"]
    print(f"FIGURE allocate.100k.0.6.memory_mb {memory:.4g} MB beyond the problem itself, which takes {row['loaded_mb']:.4g} with what it was read from")
    print(f"FIGURE allocate.100k.0.6.verify {row['verify_cpu_s']:.4g} CPU-s")
    anchor = ortools("a100k.0.6")
    if anchor:
        ratio("allocate.100k.0.6.memory", memory, anchor["peak_mb"] - anchor["base_mb"], "MB beyond what was loaded")

stable = {solver: best(found) for (_, solver), found in rows("stable").items()}
for solver, name in ((solver, name) for solver, name in (("hr", "matching"), ("da_py", "python")) if solver in stable):
    compare(f"allocate.10k.0.6.stable.{name}", stable.get("serap"), stable.get(solver))
sys.exit(1 if differs else 0)
