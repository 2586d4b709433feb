#!/usr/bin/env python3
"""Makes the records that stand in for the paper's benchmarks in `--profile laptop`.

    python3 examples/paper/laptop/make.py       # from the root of the repository

They have the layouts of the data sets and are made of swax's own Java sources: which line comes next,
which name fits. They are small, so that a model of a million weights answers all in a minute.
The text for perplexity, code.jsonl, is of the same sources, in pieces as long as training sequences.
"""
import json
import pathlib
import random
import re

ROOT = pathlib.Path("compiler/src/main/java")
HERE = pathlib.Path(__file__).parent
RECORDS = 64
LONG = 6
PIECES = 128
SEQUENCE = 512
draw = random.Random(1)


def lines(path):
    """The lines of a file that say something."""
    text = path.read_text(encoding="utf-8")
    return [line for line in text.splitlines() if 20 <= len(line.strip()) <= 90 and line.isascii() and "_" not in line]


SOURCES = sorted(ROOT.rglob("*.java"))
FILES = [kept for kept in (lines(path) for path in SOURCES) if len(kept) >= 60]
ALL = [line.strip() for kept in FILES for line in kept]


def passage(count):
    """Lines in a row, the one that follows, and the file that they are of."""
    kept = draw.choice(FILES)
    start = draw.randrange(len(kept) - count)
    return [line.strip() for line in kept[start:start + count]], kept[start + count].strip(), kept


def options(right, others, count):
    """The right one among others, and its place."""
    wrong = []
    while len(wrong) < count - 1:
        line = draw.choice(others).strip()
        if line != right and line not in wrong:
            wrong.append(line)
    place = draw.randrange(count)
    wrong.insert(place, right)
    return wrong, place


def arc(others):
    shown, right, kept = passage(3)
    texts, place = options(right, kept if others is None else others, 4)
    return {"question": " ".join(shown), "choices": {"text": texts, "label": list("ABCD")}, "answerKey": "ABCD"[place]}


def hellaswag():
    shown, right, _ = passage(3)
    texts, place = options(right, ALL, 4)
    return {"activity_label": "Code", "ctx_a": " ".join(shown[:2]), "ctx_b": shown[2], "endings": texts, "label": str(place)}


def piqa():
    shown, right, _ = passage(2)
    texts, place = options(right, ALL, 2)
    return {"goal": " ".join(shown), "sol1": texts[0], "sol2": texts[1], "label": place}


def siqa():
    shown, right, _ = passage(2)
    texts, place = options(right, ALL, 3)
    record = {"context": " ".join(shown), "question": "Which line comes next?", "label": str(place + 1)}
    return record | {"answer" + letter: text for letter, text in zip("ABC", texts)}


def winogrande():
    while True:
        shown, line, kept = passage(2)
        names = re.findall(r"\b[a-z][A-Za-z]{3,}\b", " ".join(shown))
        used = [name for name in names if re.search(r"\b%s\b.+" % name, line)]
        other = [name for name in re.findall(r"\b[a-z][A-Za-z]{3,}\b", " ".join(kept)) if name not in line]
        if used and other:
            right, wrong = used[0], draw.choice(other)
            place = draw.randrange(2)
            pair = [wrong, right] if place else [right, wrong]
            blank = re.sub(r"\b%s\b" % right, "_", line, count=1)
            return {"sentence": " ".join(shown) + " " + blank, "option1": pair[0], "option2": pair[1], "answer": str(place + 1)}


def race(count):
    shown, right, _ = passage(count)
    texts, place = options(right, ALL, 4)
    return {"article": "\n".join(shown), "question": "Which line comes next?", "options": texts, "answer": "ABCD"[place]}


def named():
    """A word that stands in the question and again as its answer."""
    while True:
        shown, line, _ = passage(2)
        names = re.findall(r"\b[A-Z][A-Za-z]{4,}\b", line)
        if names:
            return "Which class is named in `%s`?" % line, names[0]


def nq():
    question, answer = named()
    return {"question": question, "answer": [answer]}


def triviaqa():
    question, answer = named()
    return {"question": question, "answer": {"value": answer, "aliases": []}}


def code(count):
    shown, right, _ = passage(count)
    return {"question": "\n".join(shown), "answer": [right]}


def longbench():
    shown, right, _ = passage(24)
    classes, _ = options(right, ALL, 4)
    return {"context": "\n".join(shown[:-1]) + "\n", "input": shown[-1] + "\n", "answers": [right], "all_classes": classes}


def longbench_2():
    shown, right, _ = passage(24)
    texts, place = options(right, ALL, 4)
    record = {"context": "\n".join(shown), "question": "Which line comes next?", "answer": "ABCD"[place], "length": "short"}
    return record | {"choice_" + letter: text for letter, text in zip("ABCD", texts)}


def piece():
    """Lines in a row of any file, blank ones too, as many as fit into a training sequence."""
    while True:
        rows = draw.choice(SOURCES).read_text(encoding="utf-8").splitlines(keepends=True)
        start = draw.randrange(len(rows))
        text = ""
        for row in rows[start:]:
            if len(text) + len(row) > SEQUENCE:
                break
            text += row
        if text.isascii() and len(text) > 0.9 * SEQUENCE:
            return {"text": text}


def write(name, count, make):
    text = "".join(json.dumps(make()) + "\n" for _ in range(count))
    (HERE / (name + ".jsonl")).write_text(text, encoding="utf-8")


write("arc_easy", RECORDS, lambda: arc(ALL))
write("arc_challenge", RECORDS, lambda: arc(None))
write("hellaswag", RECORDS, hellaswag)
write("piqa", RECORDS, piqa)
write("siqa", RECORDS, siqa)
write("winogrande", RECORDS, winogrande)
write("race_high", RECORDS, lambda: race(8))
write("race_middle", RECORDS, lambda: race(4))
write("natural_questions", RECORDS, nq)
write("triviaqa", RECORDS, triviaqa)
write("humaneval_plus", RECORDS, lambda: code(4))
write("mbpp", RECORDS, lambda: code(2))
write("longbench", LONG, longbench)
write("longbench_v2", LONG, longbench_2)
write("code", PIECES, piece)
