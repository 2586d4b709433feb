"""Writes tests/golden/hub: config.json and tensors' names of every case, and weights and logits of a few."""
import json
import os
import sys
import tempfile

import torch
from safetensors import safe_open

import tiny

WITH_WEIGHTS = {"llama", "gemma3", "cohere2", "olmo3", "granitemoehybrid", "falcon_h1", "nemotron_h", "mamba2_bounded",
                "lfm2", "lfm2_moe", "qwen3_next", "olmo_hybrid", "recurrent_gemma", "xlstm"}
SMALL = dict(hidden_size=16, intermediate_size=24, vocab_size=256)
TOKENS = [84, 104, 101, 32, 109, 101, 109, 111, 114, 121, 32, 114, 101, 97, 100, 115]
ROWS = [0, 9, 15]


def config(folder):
    path = os.path.join(folder, "config.json")
    with open(path) as file:
        data = json.load(file)
    data.pop("transformers_version", None)
    with open(path, "w") as file:
        json.dump(data, file, indent=2)
        file.write("\n")


def write(root, name):
    folder = os.path.join(root, name)
    os.makedirs(folder, exist_ok=True)
    small = name in WITH_WEIGHTS
    saved = dict(tiny.SIZES)
    if small:
        tiny.SIZES.update(SMALL)
    model = tiny.make(name)
    tiny.SIZES.clear()
    tiny.SIZES.update(saved)
    if not small:
        model.config.architectures = [type(model).__name__]
        model.config.dtype = torch.bfloat16
        model.config.save_pretrained(folder)
        config(folder)
        # Names are those of a saved folder, which may differ from those in memory.
        with tempfile.TemporaryDirectory() as saved:
            model.save_pretrained(saved)
            with safe_open(os.path.join(saved, "model.safetensors"), "pt") as tensors:
                with open(os.path.join(folder, "tensors.txt"), "w") as file:
                    for key in tensors.keys():
                        file.write(f"{key} {list(tensors.get_slice(key).get_shape())}\n")
        return
    model = model.to(torch.bfloat16)
    model.save_pretrained(folder)
    config(folder)
    os.chmod(os.path.join(folder, "model.safetensors"), 0o644)
    os.remove(os.path.join(folder, "generation_config.json"))
    # Read again: converting a model converts the angles of its positions too.
    model = type(model).from_pretrained(folder, dtype=torch.float32, attn_implementation="eager").eval()
    logits = tiny.logits(model, TOKENS)
    with open(os.path.join(folder, "logits.txt"), "w") as file:
        file.write(" ".join(map(str, TOKENS)) + "\n")
        for row in ROWS:
            file.write(str(row) + " " + " ".join("%.6f" % x for x in logits[row].tolist()) + "\n")


if __name__ == "__main__":
    for case in sys.argv[2:] or tiny.CASES:
        write(sys.argv[1], case)
