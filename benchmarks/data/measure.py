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


def cpu(pid):
    """Seconds of all threads of a process."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


class Run:
    """A training: the median speed of its steps, seconds to the first step, CPU seconds to there and of a step after it."""

    def __init__(self, swax, work, name, files, model, steps):
        file, run = work / f"{name}.swax", work / f"run-{name}"
        shutil.rmtree(run, ignore_errors=True)
        file.write_text(COMMON.format(files=files, model=model, steps=steps))
        environment = dict(os.environ, SWAX_CACHE=str(work / "cache"))
        start = time.perf_counter()
        process = subprocess.Popen(shlex.split(swax) + ["train", str(file), "--run-dir", str(run)],
                                   env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        told, seen = [], []
        for line in process.stderr:
            told.append(line)
            if line.startswith("step "):
                seen.append((int(line.split()[1].split("/")[0].replace(",", "")), time.perf_counter() - start, cpu(process.pid)))
        if process.wait() != 0:
            sys.exit("".join(told))
        lines = [json.loads(line) for line in open(run / "metrics.jsonl")]
        speeds = [line["tokensPerSecond"] for line in lines if "tokensPerSecond" in line]
        self.speed = statistics.median(speeds[SKIPPED:] or speeds)
        self.first, self.first_cpu = seen[0][1:]
        later = [entry for entry in seen if entry[0] >= steps // 2] or seen  # until then, Java compiles
        self.step_cpu = (later[-1][2] - later[0][2]) / max(1, later[-1][0] - later[0][0])


def middle(values, form):
    """The median and the range."""
    return f"{form.format(statistics.median(values))} ({form.format(min(values))} to {form.format(max(values))})"


def compare(swax, work, files, lines, pairs):
    def cached(model, steps):
        return Run(swax, work, "cache", lines, model, steps)

    def in_memory(model, steps):
        return Run(swax, work, "memory", f"{files}/*.txt", model, steps)

    for name, model in MODELS.items():
        cached(model, SKIPPED + 1)  # builds the cache
        shares, cpus, speeds = [], [], []
        for pair in range(pairs):
            order = [cached, in_memory] if pair % 2 else [in_memory, cached]
            found = {how: how(model, STEPS[name]) for how in order}
            shares.append(found[cached].speed / found[in_memory].speed)
            cpus.append(found[cached].step_cpu / found[in_memory].step_cpu)
            speeds.append(found[in_memory].speed)
        print(f"{name}: from the cache {middle(shares, '{:.3f}')} of the speed from memory, {middle(cpus, '{:.3f}')} of its CPU time a step, "
              f"{statistics.median(speeds):,.0f} tok/s, {pairs} pairs; load {os.getloadavg()[0]:.1f}", flush=True)


def start(swax, work, files, many, large, pairs):
    model = MODELS["one small layer"]
    shutil.rmtree(work / "cache", ignore_errors=True)
    built = Run(swax, work, "start", many, model, 1)
    print(f"{large:,} MB of JSON lines: first step after {built.first:.1f} s with the cache to build, {built.first_cpu:.1f} s of CPU; load {os.getloadavg()[0]:.1f}", flush=True)
    for name, text in ((f"{large:,} MB of JSON lines, the cache there", many), ("ten small files", f"{files}/00000*.txt")):
        Run(swax, work, "start", text, model, 1)  # keeps the classes of the program
        runs = [Run(swax, work, "start", text, model, 1) for _ in range(pairs)]
        print(f"{name}: first step after {middle([run.first for run in runs], '{:.2f}')} s, {middle([run.first_cpu for run in runs], '{:.2f}')} s of CPU; "
              f"{pairs} times; load {os.getloadavg()[0]:.1f}", flush=True)


def main(swax, work, pairs):
    work.mkdir(parents=True, exist_ok=True)
    large = int(os.environ.get("MEGABYTES", "1000"))
    files, lines, many = make(work, large)
    what = os.environ.get("ONLY", "speed start").split()
    if "start" in what:
        start(swax, work, files, many, large, pairs)
    if "speed" in what:
        compare(swax, work, files, lines, pairs)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]).resolve(), int(sys.argv[3]) if len(sys.argv) > 3 else 7)
