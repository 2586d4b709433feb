"""Compares what swax and transformers compute of the same weights; see `run`."""
import io
import json
import logging
import os
import sys
import warnings

import torch
import transformers as tf

import tiny

GREEDY = 24
PROMPT = "The memory reads bytes, and writ"


def read(path):
    with open(path) as file:
        return torch.tensor([[float(x) for x in line.split()] for line in file])


def difference(a, b):
    return (a - b).abs().max().item()


def load(folder, **options):
    """The model of a folder, and every warning that loading gives."""
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    tf.logging.set_verbosity_warning()
    root = logging.getLogger("transformers")
    root.addHandler(handler)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        model = tf.AutoModelForCausalLM.from_pretrained(folder, attn_implementation="eager", **options).eval()
    root.removeHandler(handler)
    return model, log.getvalue() + "".join(str(w.message) + "\n" for w in caught)


def greedy(model, tokens, cache, known=None):
    """The likeliest tokens after these; of those below `known`, if that is given."""
    unknown = None if known is None else list(range(known, model.config.vocab_size)) or None
    with torch.no_grad():
        out = model.generate(torch.tensor([tokens]), max_new_tokens=GREEDY, do_sample=False, use_cache=cache,
                             attention_mask=torch.ones(1, len(tokens), dtype=torch.long),
                             pad_token_id=0, eos_token_id=None, suppress_tokens=unknown)
    return out[0, len(tokens):].tolist()


def written(work, name, model, cache):
    """Whether the verb `generate` has written what transformers continues the prompt with."""
    folder = os.path.join(work, "exported", name)
    with open(os.path.join(work, "swax", name + ".text"), newline="") as file:
        ours = file.read()
    if not os.path.exists(os.path.join(folder, "tokenizer.json")):
        prompt = list(PROMPT.encode())
        return ours == bytes(prompt + greedy(model, prompt, cache, 256)).decode(errors="replace") + "\n"
    tokenizer = tf.AutoTokenizer.from_pretrained(folder)
    prompt = tokenizer(PROMPT).input_ids
    new = greedy(model, prompt, cache, len(tokenizer))
    if tokenizer.eos_token_id in new:
        new = new[:new.index(tokenizer.eos_token_id)]
    return ours == tokenizer.decode(prompt + new, skip_special_tokens=True) + "\n"


def halves(folder, model):
    """Whether both exports in 16 bits load as they are and hold the weights rounded as torch does."""
    for name, dtype in ("bf16", torch.bfloat16), ("fp16", torch.float16):
        half, words = load(folder + "." + name, dtype="auto")
        if words:
            return name + ": " + words.strip().replace("\n", " ")
        for (key, ours), there in zip(half.named_parameters(), model.parameters()):
            # Some weights are made fp32 again when they are loaded.
            if not torch.equal(ours.float(), there.to(dtype).float()):
                return "%s: %s differs" % (name, key)
    return "the same bits"


def tokens_of(work, name):
    """Whether AutoTokenizer gives the tokens that swax does, there and back."""
    path = os.path.join(work, "swax", name + ".ids")
    if not os.path.exists(path):
        return "-"
    folder = os.path.join(work, "exported", name)
    tokenizer = tf.AutoTokenizer.from_pretrained(folder)
    with open(path) as file:
        cases = json.load(file)
    for case in cases:
        text = case["text"]
        if "refused" in case:
            try:
                return "%r is %s, which swax refuses" % (text, tokenizer(text).input_ids)
            except Exception:
                continue
        part = tokenizer(text, add_special_tokens=False).input_ids
        if tokenizer(text).input_ids != case["prompt"] or part != case["part"]:
            return "%r is %s, not %s" % (text, tokenizer(text).input_ids, case["prompt"])
        if not set(part) & set(i for i, t in tokenizer.added_tokens_decoder.items() if t.special) and tokenizer.decode(part) != text:
            return "%r comes back as %r" % (text, tokenizer.decode(part))
    config = tf.AutoConfig.from_pretrained(folder)
    if (config.bos_token_id, config.eos_token_id) != (tokenizer.bos_token_id, tokenizer.eos_token_id):
        return "config.json has other borders than the tokenizer"
    return "%d texts" % len(cases)


def row(work, name):
    with open(os.path.join(work, "tokens")) as file:
        tokens = [int(x) for x in file.read().split()]
    ours = read(os.path.join(work, "swax", name + ".logits"))
    there = "trained here"
    made = os.path.join(work, "made", name)
    if os.path.isdir(made):
        there = "%.0e" % difference(ours, tiny.logits(load(made)[0], tokens))
    model, words = load(os.path.join(work, "exported", name))
    back = "%.0e" % difference(ours, tiny.logits(model, tokens))
    cache = name not in tiny.WITHOUT_CACHE
    with open(os.path.join(work, "swax", name + ".tokens")) as file:
        same = greedy(model, tokens, cache) == [int(x) for x in file.read().split()]
    continued = "differ" if not same else "the same %d" % GREEDY if written(work, name, model, cache) else "`generate` differs"
    size = "%.1f" % ours.abs().max().item()
    return [name, type(model).__name__, size, there, back,
            continued, halves(os.path.join(work, "exported", name), model),
            tokens_of(work, name), words.strip().replace("\n", " ") or "none"]


if __name__ == "__main__":
    work, names = sys.argv[1], sys.argv[2:]
    rows = []
    for name in names:
        try:
            rows.append(row(work, name))
        except Exception as fault:
            rows.append([name, "", "", "", "", "", "", "", "%s: %s" % (type(fault).__name__, str(fault)[:300])])
    table = ["| case | class | largest logit | import: largest difference | export: largest difference | greedy tokens | bf16, fp16 | tokenizer | warnings |",
             "|---|---|---|---|---|---|---|---|---|"] + ["| " + " | ".join(r) + " |" for r in rows]
    print("\n".join(table))
    page = os.environ.get("PAGE")
    if page:
        with open(page) as file:
            before, rest = file.read().split("<!-- models -->\n", 1)
        with open(page, "w") as file:
            file.write(before + "<!-- models -->\n" + "\n".join(table) + "\n<!-- end -->" + rest.split("<!-- end -->", 1)[1])
