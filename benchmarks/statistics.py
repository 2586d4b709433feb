"""Recomputes what the rows of a report say of its seeds, without any code of swax.

    statistics.py report.csv 'solved = rate(recall > 0.9)' 'gain = difference(recall, SWAX:64)'

compares every place of these rows with the values of the seeds of the rows that they are made of.
`= median(row)`, `= bootstrap(row)` and `* 100` behind the bracket work too.

    statistics.py report.csv 'SWAX:4 = best(SWAX:4, rate *) by validation'

chooses among the columns that begin like this, by the mean of a row, and compares every measured
place of the column with that of the chosen one.

    statistics.py --golden FILE

writes the values that a test of swax reads.
"""
import csv
import hashlib
import math
import random
import re
import sys

Z = 1.959963984540054
MASK = 0xFFFFFFFF


def philox(key, position, name):
    c = [position & MASK, position >> 32, name & MASK, name >> 32]
    k0, k1 = key & MASK, key >> 32
    for _ in range(10):
        first, second = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [second >> 32 ^ c[1] ^ k0, second & MASK, first >> 32 ^ c[3] ^ k1, first & MASK]
        k0, k1 = k0 + 0x9E3779B9 & MASK, k1 + 0xBB67AE85 & MASK
    return c[0] | c[1] << 32


class Stream:
    def __init__(self, name):
        self.name = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
        self.position = 0

    def below(self, bound):
        bits = philox(1, self.position, self.name)
        self.position += 1
        return bits * bound >> 64


def total(values):
    """From the first to the last; Python's own sum rounds otherwise."""
    result = 0.0
    for value in values:
        result += value
    return result


def mean(values):
    return total(values) / len(values)


def median(values):
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def quantile(ordered, q):
    at = (len(ordered) - 1) * q
    below = math.floor(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (at - below) * (ordered[above] - ordered[below])


def wilson(hits):
    n, k = len(hits), total(hits)
    p, z2 = k / n, Z * Z
    middle = p + z2 / (2 * n)
    half = Z * math.sqrt(p * (1 - p) / n + z2 / (4.0 * n * n))
    scale = 1 + z2 / n
    return p, 0.0 if k == 0 else (middle - half) / scale, 1.0 if k == n else (middle + half) / scale


def bootstrap(values, statistic):
    n, stream = len(values), Stream("bootstrap")
    results = sorted(
        statistic([values[stream.below(n)] for _ in range(n)])
        for _ in range(2000 if n > 100 else 10000)
    )
    return statistic(values), quantile(results, 0.025), quantile(results, 1 - 0.025)


def signs(values):
    observed = abs(total(values)) - 1e-12 * total(abs(v) for v in values)
    n = len(values)
    if n <= 16:
        far = 0
        for way in range(1 << n):
            far += abs(total(-v if way >> i & 1 else v for i, v in enumerate(values))) >= observed
        return far / (1 << n)
    stream, far = Stream("signs"), 1
    for _ in range(10000):
        far += abs(total(v if stream.below(2) == 0 else -v for v in values)) >= observed
    return far / 10001


def estimate(kind, values):
    if kind == "rate":
        return *wilson(values), math.nan
    if kind == "difference":
        return *bootstrap(values, mean), signs(values)
    return *bootstrap(values, median if kind == "median" else mean), math.nan


COMPARE = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def rechoose(places, column, prefix, by):
    """The number of places that were compared, and of those that differ."""
    among = [c for row, c in places if row == by and c.startswith(prefix) and c != column]
    sign = -1 if places[by, column]["better"] == "lower" else 1
    means = [
        sign * mean([float(v) for v in places[by, c]["seed_values"].split(";")]) for c in among
    ]
    chosen = among[means.index(max(means))]
    print(f"{column}: {chosen}, the best of {len(among)} by {by}")
    compared = wrong = 0
    for (row, c), line in places.items():
        if c == column and line["seed_values"]:
            compared += 1
            if line["seed_values"] != places[row, chosen]["seed_values"]:
                wrong += 1
                print(f"{row} of {column} is not that of {chosen}")
    return compared, wrong


def pair(seeds, of, column):
    """The seeds of a row in this column and in the other; both names may have commas."""
    words = of.split(", ")
    for i in range(1, len(words)):
        row, other = ", ".join(words[:i]), ", ".join(words[i:])
        if (row, other) in seeds:
            return seeds[row, column], seeds[row, other]
    sys.exit(f"no row and column are called {of}")


def recompute(path, rules):
    with open(path, newline="", encoding="utf-8") as file:
        places = {(line["row"], line["column"]): line for line in csv.DictReader(file)}
    seeds = {
        place: [float(v) for v in line["seed_values"].split(";")]
        for place, line in places.items()
        if line["seed_values"]
    }
    compared = wrong = 0
    for rule in rules:
        choice = re.fullmatch(r"(.+) = best\((.+)\*\) by (.+)", rule)
        if choice:
            count, different = rechoose(places, *choice.groups())
            compared, wrong = compared + count, wrong + different
            continue
        row, kind, of, factor = re.fullmatch(
            r"(.+?) = (rate|median|bootstrap|difference)\((.+)\)(?: \* (\S+))?", rule
        ).groups()
        for (name, column), line in places.items():
            if name != row or line["status"] != "value":
                continue
            if kind == "rate":
                base, sign, limit = re.fullmatch(r"(.+) (<=|>=|<|>) (\S+)", of).groups()
                values = [
                    1.0 if COMPARE[sign](v, float(limit)) else 0.0 for v in seeds[base, column]
                ]
            elif kind == "difference":
                values = [a - b for a, b in zip(*pair(seeds, of, column))]
            else:
                values = seeds[of, column]
            value, low, high, p = estimate(kind, values)
            scale = float(factor or 1)
            ours = [value * scale, low * scale, high * scale, p]
            theirs = [float(line[f] or "nan") for f in ("mean", "low", "high", "p")]
            compared += 1
            if any(a != b and not (a != a and b != b) for a, b in zip(ours, theirs)):
                wrong += 1
                print(f"{row} of {column}: here {ours}, in the report {theirs}")
    print(f"{compared} places compared, {wrong} differ")
    return 1 if wrong or not compared else 0


def golden(path):
    draw = random.Random(18)
    with open(path, "w", encoding="utf-8") as file:
        file.write("# statistic;values;value;low;high;p - from benchmarks/statistics.py\n")
        for n in (2, 3, 5, 10, 16, 17, 30, 120):
            cases = {
                "rate": [float(draw.random() < 0.6) for _ in range(n)],
                "median": [draw.random() * 100 for _ in range(n)],
                "bootstrap": [draw.gauss(0, 1) for _ in range(n)],
                "difference": [draw.gauss(0.4, 1) for _ in range(n)],
            }
            for kind, values in cases.items():
                numbers = " ".join(map(repr, values))
                file.write(f"{kind};{numbers};" + ";".join(map(repr, estimate(kind, values))) + "\n")
        for values in ([0.0] * 10, [1.0] * 10):
            numbers = " ".join(map(repr, values))
            for kind in ("rate", "difference"):
                file.write(f"{kind};{numbers};" + ";".join(map(repr, estimate(kind, values))) + "\n")


if __name__ == "__main__":
    if sys.argv[1] == "--golden":
        golden(sys.argv[2])
    else:
        sys.exit(recompute(sys.argv[1], sys.argv[2:]))
