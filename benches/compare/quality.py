"""quality.py SERAP SETS FOLDER: runs `serap rank` on each set and scores the run with the sets' own score.py."""
import gzip, re, subprocess, sys
from pathlib import Path

serap, home, folder = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
sets = home / "sets" if (home / "sets").is_dir() else home

# set: (figure, to be reached, what a neural encoder or a perfect run has)
AIMS = {
    "employer_phrases": ("hit1", 0.90, 1.0),
    "kbji6_to_kbji4": ("mrr", 0.53, 0.56),
    "kbji_to_isco": ("mrr", 0.60, 0.74),
    "esco_alt": ("mrr", 0.76, 0.80),
    "jts_en": ("map", 0.45, 0.50),
    "melo_usa_en": ("mrr", 0.61, 0.63),
    "vacancy_title_to_esco": ("mrr", 0.345, 0.38),
    "tech_to_esco_skill": ("rp5", 0.76, 0.80),
    "house_to_esco_skill": ("rp5", 0.70, 0.75),
    "stem_words": ("accuracy", 0.90, 0.96),
    "stem_gold": ("accuracy", 0.90, 0.96),
    "typo1": ("hit1", 0.99, None),
    "typo3": ("hit1", 0.99, None),
    "typo_vowels": ("hit1", 0.98, None),
    "typo_order": ("hit1", 0.99, None),
    "typo_drop": ("hit1", 0.80, None),
}
CATALOGUES = {"tech_to_esco_skill": "esco_skill", "house_to_esco_skill": "esco_skill", "vacancy_title_to_esco": "esco_occupation"}
below = False


def catalogue(name):
    """The set's catalogue, unpacked; sets of typing mistakes share one."""
    stem = CATALOGUES.get(name, "typo" if name.startswith("typo") else name)
    plain = sets / f"{stem}.catalogue.tsv"
    if plain.exists():
        return plain
    unpacked = folder / plain.name
    unpacked.write_bytes(gzip.decompress((sets / f"{plain.name}.gz").read_bytes()))
    return unpacked


def tell(name, figure, value, reach, stretch):
    global below
    if reach is None:
        print(f"QUALITY {name} {figure} {value:.4f}", flush=True)
        return
    good = value <= reach if figure == "noise" else value >= reach
    below |= not good
    print(f"QUALITY {name} {figure} {value:.4f} (reach {reach:g} stretch {'-' if stretch is None else f'{stretch:g}'}) {'ok' if good else 'below'}", flush=True)


def stems(name, gold):
    rows = [line.split("\t") for line in gold.read_text(encoding="utf-8").splitlines() if line]
    out = subprocess.run([serap, "rank", "--stem", gold], check=True, capture_output=True, text=True, encoding="utf-8").stdout
    found = dict(line.split("\t") for line in out.splitlines())
    right = sum(found.get(word) in root.split("|") for word, root in rows)
    _, reach, stretch = AIMS.get(name, ("accuracy", None, None))
    tell(name, "accuracy", right / len(rows), reach, stretch)


def ranked(name, gold):
    run = folder / f"{name}.run.tsv"
    with run.open("wb") as out:
        subprocess.run([serap, "rank", "--catalogue", catalogue(name), "--queries", gold, "--top", "50"], check=True, stdout=out)
    line = subprocess.run([sys.executable, home / "score.py", run, gold, name], check=True, capture_output=True, text=True).stdout
    figures = dict(re.findall(r"(\w+)=([\d./]+)", line))
    figure, reach, stretch = AIMS.get(name, ("mrr", None, None))
    tell(name, figure, float(figures[figure]), reach, stretch)
    if "noise" in figures:
        tell(name, "noise", float(figures["noise"].split("/")[0]), 0, 0)


for gold in sorted(sets.glob("*.dev.tsv")):
    name = gold.name.removesuffix(".dev.tsv")
    (stems if name.startswith("stem") else ranked)(name, gold)
sys.exit(below)
