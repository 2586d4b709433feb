"""Kills by SIGKILL, at random moments, what builds a cache and what trains, and compares the ends.

    kills.py SWAX WORK [KILLS] [SEED]

Half of the kills hit the building of a cache, half a training from a mixture whose shares and task
change while it runs. What is left is gone on with; cache and checkpoint must have the same SHA-256
as without a kill.
"""
import hashlib, json, os, random, shlex, shutil, signal, subprocess, sys, time
from pathlib import Path

from measure import documents

MEGABYTES = 48
STEPS, CHECKPOINT = 60, 7
DATA = 'data lines {{ files = ["{lines}"] documents = reset }}\n'
TRAIN = """edition 1
import "std/models"
""" + DATA + """data web {{ files = ["{files}/*.txt"] documents = reset }}
data needles {{
  task = niah(kind: single_1, length: 240, frame: short)
  earlier = [before(40%, niah(kind: single_1, length: 220, frame: short))]
}}
data all {{
  mix = [
    share(lines, 60%, later: 30%, from: 20%, to: 80%),
    share(web, 25%),
    share(needles, 15%, later: 45%, from: 20%, to: 80%),
  ]
}}
train main {{
  model = swax(width: 32, blocks: 2, heads: 2, window: sample per batch {{ 16: 50%, 32: rest }})
  data = all
  seq = 240 tok
  batch = 2 * seq
  budget = {steps} step
  lr = warmup_cosine(peak: 1e-3, warmup: 10%)
  optim = muon()
  validation_tokens = 1Ki tok
  validate_every = 30 step
  checkpoint_every = {checkpoint} step
  sample_tokens = 4 tok
}}
"""


class Kills:
    def __init__(self, swax, work, seed):
        self.swax, self.work, self.random = shlex.split(swax), work, random.Random(seed)

    def begin(self, words, cache):
        return subprocess.Popen(self.swax + words, env=dict(os.environ, SWAX_CACHE=str(cache)), start_new_session=True,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def whole(self, words, cache):
        process = self.begin(words, cache)
        told = process.communicate()[0]
        if process.returncode != 0:
            sys.exit(f"{' '.join(words)} ended with {process.returncode}:\n{told}")

    def killed(self, words, cache, is_time):
        """Whether it was killed; else it had come to its end before."""
        process = self.begin(words, cache)
        while process.poll() is None and not is_time():
            time.sleep(0.002)
        time.sleep(self.random.random() * 0.05)
        hit = process.poll() is None
        if hit:
            os.killpg(process.pid, signal.SIGKILL)
        told = process.communicate()[0]
        if not hit and process.returncode != 0:
            sys.exit(f"{' '.join(words)} ended with {process.returncode}:\n{told}")
        return hit


def sums(folder):
    """The SHA-256 of each file below, without class files and the file that a process locks."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file() and "classes" not in file.parts and file.name != "lock")
    return {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def size(folder):
    total = 0
    for root, _, files in os.walk(folder):
        for file in files:
            try:
                total += os.path.getsize(os.path.join(root, file))
            except FileNotFoundError:
                pass  # it got its name meanwhile
    return total


def same(what, kills, expected, found):
    if not expected or expected != found:
        sys.exit(f"{what}: DIFFERS in {sorted(name for name in set(expected) | set(found) if expected.get(name) != found.get(name))}")
    print(f"{what}: {kills} kills, {len(found)} files with the same SHA-256", flush=True)


def cache(kills, number):
    file = kills.work / "cache.swax"
    file.write_text("edition 1\n" + DATA.format(lines=kills.work / "many.jsonl"))
    once, often = kills.work / "once", kills.work / "often"
    for folder in once, often:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
    kills.whole(["data", str(file)], once)
    all_bytes, hits = size(once), 0
    for kill in range(number):
        there = all_bytes * kills.random.uniform(kill / number, (kill + 1) / number) * 0.95
        hits += kills.killed(["data", str(file)], often, lambda: size(often) >= there)
    kills.whole(["data", str(file)], often)
    same("cache", hits, sums(once), sums(often))


def steps(run):
    try:
        return sum('"step"' in line and '"loss"' in line for line in open(run / "metrics.jsonl"))
    except FileNotFoundError:
        return 0


def training(kills, number):
    file = kills.work / "train.swax"
    file.write_text(TRAIN.format(lines=kills.work / "many.jsonl", files=kills.work / "files", steps=STEPS, checkpoint=CHECKPOINT))
    once, often = kills.work / "run-once", kills.work / "run-often"
    for folder in once, often:
        shutil.rmtree(folder, ignore_errors=True)
    kept = kills.work / "once"  # the cache is there
    kills.whole(["train", str(file), "--run-dir", str(once)], kept)
    hits = 0
    for kill in range(number):
        there = kills.random.randrange(STEPS * kill // number, STEPS * (kill + 1) // number)
        begun = any(often.glob("checkpoints/*/model.safetensors"))
        words = ["resume", str(often)] if begun else ["train", str(file), "--run-dir", str(often)]
        if not begun:
            shutil.rmtree(often, ignore_errors=True)
        hits += kills.killed(words, kept, lambda: steps(often) >= there)
    kills.whole(["resume", str(often)], kept)
    last = sorted(os.listdir(once / "checkpoints"))[-1]
    same(f"training, the checkpoint of step {int(last)}", hits, sums(once / "checkpoints" / last), sums(often / "checkpoints" / last))


def make(work):
    files, many = work / "files", work / "many.jsonl"
    if not (work / "made").exists():
        files.mkdir(parents=True, exist_ok=True)
        with open(many, "w") as out:
            for number, text in documents(MEGABYTES):
                out.write(json.dumps({"text": text}) + "\n")
                if number < 400:
                    (files / f"{number:06d}.txt").write_text(text)
        (work / "made").touch()


def main(swax, work, number, seed):
    work.mkdir(parents=True, exist_ok=True)
    make(work)
    kills = Kills(swax, work, seed)
    cache(kills, number // 2)
    training(kills, number - number // 2)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]).resolve(), int(sys.argv[3]) if len(sys.argv) > 3 else 10,
         int(sys.argv[4]) if len(sys.argv) > 4 else random.randrange(1 << 30))
