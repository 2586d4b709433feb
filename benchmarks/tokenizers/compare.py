"""Tokens and speed of swax beside the Python library `tokenizers`.

    compare.py JAVA ids TOKENIZER [COUNT] [SEED]     random texts: equal ids and equal decoded texts
    compare.py JAVA speed TOKENIZER FOLDER [PAIRS]   every text file below FOLDER, in pairs

JAVA is the command that starts dev.swax.benchmarks.tokenizers.Peer, in one argument.
"""
import os, random, shlex, statistics, struct, subprocess, sys, tempfile, time
from pathlib import Path

from tokenizers import Tokenizer, __version__

RANGES = [(32, 126), (32, 126), (32, 126), (97, 122), (0xA0, 0x24F), (0x300, 0x36F), (0x370, 0x5FF), (0x600, 0x6FF),
          (0x900, 0x97F), (0xE00, 0xE7F), (0x1100, 0x11FF), (0x2000, 0x206F), (0x2190, 0x2BFF), (0x3040, 0x30FF),
          (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xFB00, 0xFDFF), (0xFF00, 0xFFEF), (0x1F300, 0x1FAFF), (0x20000, 0x2A6DF)]
WORDS = ["the", " the", " and", "don't", "I'm", "\n", "\n\n", "\r\n", "\t", "  ", "   ", " ", "1234567", " 3.14", "://", "</p>", "▁", "Ġ",
         "<0x0A>", "<s>", "</s>", "<bos>", "<|endoftext|>", "<|im_start|>", "<|begin_of_text|>", "[CLS]", "##ing", "\u200d", "\ufeff", "\x00", "İ", "ß", "ﬁ"]


def texts(count, seed):
    rng = random.Random(seed)
    for _ in range(count):
        parts = []
        for _ in range(rng.randrange(1, 12)):
            if rng.random() < 0.3:
                parts.append(rng.choice(WORDS))
            elif rng.random() < 0.05:
                parts.append("".join(chr(any_character(rng)) for _ in range(rng.randrange(1, 6))))
            else:
                low, high = rng.choice(RANGES)
                parts.append("".join(chr(rng.randint(low, high)) for _ in range(rng.randrange(1, 9))))
        yield "".join(parts)


def any_character(rng):
    while True:
        c = rng.randrange(0x110000)
        if not 0xD800 <= c < 0xE000:
            return c


def write(path, all_texts):
    with open(path, "wb") as file:
        file.write(struct.pack(">i", len(all_texts)))
        for text in all_texts:
            data = text.encode()
            file.write(struct.pack(">i", len(data)) + data)


class Java:
    def __init__(self, command, tokenizer, path):
        self.process = subprocess.Popen(shlex.split(command) + [tokenizer, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.expect("ready")

    def expect(self, word):
        line = self.process.stdout.readline().strip()
        assert line == word, line

    def ask(self, line):
        print(line, file=self.process.stdin, flush=True)
        return self.process.stdout

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def python_tokenizer(path):
    tokenizer = Tokenizer.from_file(path)
    tokenizer.encode_special_tokens = True  # as swax: what stands in a text is text
    return tokenizer


def ids(java, tokenizer, count, seed):
    python = python_tokenizer(tokenizer)
    special = {i for i, t in python.get_added_tokens_decoder().items() if t.special}
    different = left_out = done = 0
    part = 100_000
    stream = texts(count, seed)
    while done < count:
        some = [next(stream) for _ in range(min(part, count - done))]
        with tempfile.TemporaryDirectory() as folder:
            path, out = folder + "/texts", folder + "/out"
            write(path, some)
            peer = Java(java, tokenizer, path)
            assert peer.ask("write " + out).readline().strip() == "written"
            peer.close()
            with open(out, "rb") as file:
                for text, encoding in zip(some, python.encode_batch(some, add_special_tokens=False)):
                    n, = struct.unpack(">i", file.read(4))
                    own = list(struct.unpack(f">{n}i", file.read(4 * n)))
                    n, = struct.unpack(">i", file.read(4))
                    decoded = file.read(n).decode()
                    if special & set(encoding.ids) and own != encoding.ids:
                        left_out += 1  # Python makes a special token of text all the same
                    elif own != encoding.ids or decoded != python.decode(own, skip_special_tokens=True):
                        different += 1
                        if different <= 3:
                            print(repr(text), own, encoding.ids, repr(decoded), file=sys.stderr)
        done += len(some)
    print(f"{tokenizer}: {done:,} texts, seed {seed}: {different:,} differ; tokenizers {__version__}"
          + (f"; {left_out:,} left out, where Python makes special tokens of text" if left_out else ""), flush=True)
    return different


def speed(java, tokenizer, folder, pairs):
    python = python_tokenizer(tokenizer)
    all_texts = []
    for path in sorted(Path(folder).rglob("*")):
        if path.is_file() and path.suffix in (".java", ".md", ".txt", ".swax", ".py"):
            all_texts.append(path.read_text(errors="replace"))
    size = sum(len(text.encode()) for text in all_texts)
    with tempfile.TemporaryDirectory() as temporary:
        path = temporary + "/texts"
        write(path, all_texts)
        peer = Java(java, tokenizer, path)
        shares, ours, theirs = [], [], []
        for pair in range(pairs + 1):
            start = time.perf_counter()
            count = sum(len(e.ids) for e in python.encode_batch(all_texts, add_special_tokens=False))
            own = time.perf_counter() - start
            seconds, tokens = peer.ask("time").readline().split()
            assert int(tokens) == count, (tokens, count)
            if pair:  # the first warms both up
                shares.append(own / float(seconds))
                ours.append(size / 1e6 / float(seconds))
                theirs.append(size / 1e6 / own)
        peer.close()
    print(f"{tokenizer}: {len(all_texts):,} texts of {size / 1e6:.1f} MB, {pairs} pairs: swax {statistics.median(ours):.2f} MB/s, "
          f"Python {statistics.median(theirs):.2f} MB/s, share {statistics.median(shares):.2f} "
          f"({min(shares):.2f} to {max(shares):.2f}); load {os.getloadavg()[0]:.1f}; tokenizers {__version__}", flush=True)


if __name__ == "__main__":
    os.environ["TOKENIZERS_PARALLELISM"] = "true"
    command, verb, file, *rest = sys.argv[1:]
    if verb == "ids":
        sys.exit(ids(command, file, int(rest[0]) if rest else 1_000_000, int(rest[1]) if len(rest) > 1 else 1) > 0)
    speed(command, file, rest[0], int(rest[1]) if len(rest) > 1 else 7)
