"""batch.py DATA VACANCIES ANSWERS ROWS: runs the anchors' DuckDB statement over all vacancies and keeps its answers too."""
import json, runpy, sys
from pathlib import Path

data, vacancies, answers, rows = sys.argv[1:]
script = Path(__file__).resolve().parent.parent / "anchors" / "match_batch_duckdb.py"
sys.path.insert(0, str(script.parent))
sys.argv = [str(script), "--data", data, "--vac", vacancies, "--out", rows]
found = runpy.run_path(str(script), run_name="__main__")["r"]
lists = [[] for _ in range(int(vacancies))]
for vacancy, graduate, points in zip(found["vid"].tolist(), found["id"].tolist(), found["s"].tolist()):
    lists[vacancy].append([int(graduate), int(points)])
Path(answers).write_text(json.dumps(lists))
