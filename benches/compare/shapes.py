"""shapes.py FOLDER: writes the small and medium allocation problems of the sweep, one folder a shape, as `gen` writes its own.

Each is a shape on which some solver does badly: sides in every proportion, one score for all, chains that a late arrival
pushes from one end to the other, one employer with most seats, a class of sixteen.
"""
import sys
from pathlib import Path
import numpy as np

ROOT = Path(sys.argv[1])


def write(name, people, vacancies, capacity, ends):
    """ends: (person, vacancy, score) columns."""
    person, vacancy, score = (np.asarray(column, "u4") for column in ends)
    pair = np.unique(person.astype("u8") * vacancies + vacancy, return_index=True)[1]
    person, vacancy, score = person[pair], vacancy[pair], score[pair]
    folder = ROOT / name
    folder.mkdir(parents=True, exist_ok=True)
    first = np.concatenate([[0], np.cumsum(np.bincount(person, minlength=people))])
    columns = dict(cap=np.broadcast_to(capacity, vacancies), off=first, to=vacancy, score=score, pref=score)
    for column, values in columns.items():
        np.ascontiguousarray(values, "<u4").tofile(folder / f"{column}.u32")
    print(name)


def spread(total, vacancies, stream):
    """Seats laid out unevenly: a few vacancies have many."""
    weight = 1 / np.arange(1, vacancies + 1) ** 0.6
    return stream.multinomial(total, stream.permutation(weight / weight.sum()))


def random(name, seed, people, vacancies, degree, share, scores=1000, capacity=None):
    stream = np.random.default_rng(seed)
    person = np.repeat(np.arange(people), degree)
    if capacity is None:
        capacity = spread(int(share * people), vacancies, stream)
    write(name, people, vacancies, capacity, (person, stream.integers(0, vacancies, len(person)), stream.integers(0, scores, len(person)) + 1))


def chain(name, count, own, next, step=1, cut=True, turned=False):
    """Person k may go to seat k for `own` and to seat k + step for `next`; turned, people and seats change places."""
    person = np.arange(count)
    ends = np.concatenate([person, person]), np.concatenate([person, person + step]), np.repeat([own, next], count)
    inside = (ends[1] >= 0) & (ends[1] < count) if cut else np.full(2 * count, True)
    person, seat, score = (column[inside] for column in ends)
    seat = seat % count
    write(name, count, count, 1, (seat, person, score) if turned else (person, seat, score))


for share in (0.3, 0.6, 0.9, 0.97, 1.0, 1.01, 1.03, 1.1, 1.5, 3.0):
    random(f"random.{share}", 1, 5000, 1000, 20, share)
for share in (0.6, 1.0, 1.5):
    random(f"equal.{share}", 2, 5000, 1000, 20, share, scores=1)
random("few_scores.1.0", 3, 5000, 1000, 20, 1.0, scores=5)
random("single_seats.1.0", 4, 5000, 5000, 10, 1.0, capacity=1)
random("sparse.1.0", 5, 20000, 20000, 3, 1.0, capacity=1)
for direction, step in (("up", 1), ("down", -1)):
    for likes, own, next in (("next", 1, 2), ("own", 2, 1), ("either", 1, 1)):
        for side, turned in (("people", False), ("seats", True)):
            chain(f"chain.{direction}.{likes}.{side}", 3000, own, next, step, turned=turned)
chain("ring", 3000, 1, 2, cut=False)
stream = np.random.default_rng(6)
person = np.repeat(np.arange(20000), 3)
near = np.clip(person + stream.integers(-2, 3, len(person)), 0, 19999)
write("band", 20000, 20000, 1, (person, near, stream.integers(1, 1001, len(person))))
write("band.equal", 20000, 20000, 1, (person, near, np.ones(len(person))))
person = np.repeat(np.arange(5000), 8)
vacancy = np.where(np.arange(len(person)) % 8 == 0, 0, stream.integers(1, 200, len(person)))
write("one_employer", 5000, 200, np.concatenate([[4000], np.full(199, 3)]), (person, vacancy, stream.integers(1, 1001, len(person))))
random("class", 7, 16, 5, 3, 0.6)
