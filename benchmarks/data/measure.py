"""Training from a cache of tokens: its speed beside that from memory, and how soon it starts.

    measure.py SWAX WORK [PAIRS]

SWAX is the command, in one argument. The text is made of random words, the same each time.
"""
import json, os, random, shlex, shutil, statistics, subprocess, sys, time
from pathlib import Path

COMMON = """edition 1
import "std/models"
data text {{ files = ["{files}"] documents = reset }}
train main {{
  model = {model}
  data = text
  seq = 512 tok
  batch = 8 * seq
  budget = {steps} step
  lr = constant(rate: 1e-3)
  validation_tokens = 2Ki tok
  validate_every = {steps} step
  checkpoint_every = {steps} step
  sample_tokens = 4 tok
}}
"""
MODELS = {
    "hybrid of the quickstart": "swax(width: 128, blocks: 4, heads: 4, window: 256)",
    "one small layer": "swa_only(width: 32, blocks: 1, heads: 2, window: 16)",
}
STEPS = {"hybrid of the quickstart": 60, "one small layer": 400}
SMALL = 32  # megabytes: above what is read into memory where it stands in JSON lines
SKIPPED = 10  # steps until the code is compiled


def documents(megabytes):
    rng = random.Random(5)
    words = ["".join(rng.choice("etaoinshrdlucm") for _ in range(rng.randrange(1, 10))) for _ in range(4000)]
    block = [" ".join(rng.choice(words) for _ in range(int(rng.lognormvariate(5, 1)) + 2)) for _ in range(4000)]
    size = number = 0
    while size < megabytes * 1_000_000:
        text = f"{number} {block[number % len(block)]}"
        yield number, text
        size += len(text)
        number += 1


def make(work, large):
    """The same documents as files and as lines; and many more lines."""
    files, lines, many = work / "files", work / "lines.jsonl", work / "many.jsonl"
    if not (work / f"made-{large}").exists():
        shutil.rmtree(files, ignore_errors=True)
        files.mkdir(parents=True)
        with open(lines, "w") as out:
            for number, text in documents(SMALL):
                (files / f"{number:06d}.txt").write_text(text)
                out.write(json.dumps({"text": text}) + "\n")
        with open(many, "w") as out:
            for _, text in documents(large):
                out.write(json.dumps({"text": text}) + "\n")
        (work / f"made-{large}").touch()
    return files, lines, many


def train(swax, work, name, files, model, steps):
    """The speed of a step, the median, and the seconds to the first step."""
    file, run = work / f"{name}.swax", work / f"run-{name}"
    shutil.rmtree(run, ignore_errors=True)
    file.write_text(COMMON.format(files=files, model=model, steps=steps))
    environment = dict(os.environ, SWAX_CACHE=str(work / "cache"))
    start = time.perf_counter()
    first = None
    process = subprocess.Popen(shlex.split(swax) + ["train", str(file), "--run-dir", str(run)],
                               env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    told = []
    for line in process.stderr:
        told.append(line)
        if first is None and line.startswith("step "):
            first = time.perf_counter() - start
    if process.wait() != 0:
        sys.exit("".join(told))
    lines = [json.loads(line) for line in open(run / "metrics.jsonl")]
    speeds = [line["tokensPerSecond"] for line in lines if "tokensPerSecond" in line]
    return statistics.median(speeds[SKIPPED:] or speeds), first


def main(swax, work, pairs):
    work.mkdir(parents=True, exist_ok=True)
    large = int(os.environ.get("MEGABYTES", "1000"))
    files, lines, many = make(work, large)
    cached = lambda model, steps: train(swax, work, "cache", lines, model, steps)[0]
    in_memory = lambda model, steps: train(swax, work, "memory", f"{files}/*.txt", model, steps)[0]
    for name, model in MODELS.items():
        cached(model, SKIPPED + 1)  # builds the cache
        shares, speeds = [], []
        for pair in range(pairs):
            order = [cached, in_memory] if pair % 2 else [in_memory, cached]
            found = {how: how(model, STEPS[name]) for how in order}
            shares.append(found[cached] / found[in_memory])
            speeds.append(found[in_memory])
        print(f"{name}: from the cache {statistics.median(shares):.3f} of the speed from memory ({min(shares):.3f} to {max(shares):.3f}), "
              f"{statistics.median(speeds):,.0f} tok/s, {pairs} pairs; load {os.getloadavg()[0]:.1f}", flush=True)
    model = MODELS["one small layer"]
    shutil.rmtree(work / "cache", ignore_errors=True)
    _, built = train(swax, work, "start", many, model, 1)
    again = [train(swax, work, "start", many, model, 1)[1] for _ in range(pairs)]
    small = [train(swax, work, "small", f"{files}/00000*.txt", model, 1)[1] for _ in range(pairs)]
    print(f"{large:,} MB of JSON lines: first step after {built:.1f} s with the cache to build, then after {statistics.median(again):.2f} s "
          f"({min(again):.2f} to {max(again):.2f}); on ten small files after {statistics.median(small):.2f} s; {pairs} times each; "
          f"load {os.getloadavg()[0]:.1f}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]).resolve(), int(sys.argv[3]) if len(sys.argv) > 3 else 7)
