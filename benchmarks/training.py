#!/usr/bin/env python3
"""Training steps of a compared model in PyTorch, on the CPU: a peer of benchmarks/run.

usage: training.py MODEL SEQUENCE THREADS WEIGHTS TOKENS eager|compiled fp32|bf16

MODEL is window, mlstm, hybrid, gated_delta or full. WEIGHTS is a safetensors file with swax's names
and first values, whose shapes say how large the model is; TOKENS has 32-bit integers, one more than
a step has. Matrices that multiply the same input are joined, windows are blocks of 128 queries that
see two blocks of keys, memories go by chunks of 64. With "compiled" the whole model goes through
torch.compile, which needs a C++ compiler; with "bf16" through autocast.

Serves standard input as TraineeLoop does: "step" answers "step LOSS NORM NANOSECONDS", "gradients
FILE" writes those of the last step, "memory" answers the most bytes that were resident, "report" what
was measured.
"""
import json
import resource
import struct
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

from memories import by_heads, by_tokens, delta_rule, stabilised

HEAD, KEY, WINDOW, EPSILON = 64, 32, 128, 1e-6


def read(path):
    """The tensors of a safetensors file in fp32, by name; of one row, as vectors."""
    with open(path, "rb") as file:
        (size,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(size))
        data = bytearray(file.read())
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        begin, end = entry["data_offsets"]
        values = torch.frombuffer(data, dtype=torch.float32, count=(end - begin) // 4, offset=begin)
        shape = entry["shape"]
        tensors[name] = values.clone() if shape[0] == values.numel() or shape[0] == 1 else values.view(shape).clone()
    return tensors


def write(path, tensors):
    header, at = {}, 0
    for name, tensor in tensors.items():
        shape, size = [1] * (2 - tensor.dim()) + list(tensor.shape), 4 * tensor.numel()
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [at, at + size]}
        at += size
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for tensor in tensors.values():
            file.write(tensor.contiguous().numpy().tobytes())


class Weights:
    """Trained tensors, of which each is one of swax's weights or several side by side."""

    def __init__(self, tensors):
        self.tensors, self.places, self.decayed, self.plain = tensors, {}, [], []

    def take(self, *names):
        parts = [self.tensors.pop(name) for name in names]
        joined = nn.Parameter(torch.cat(parts, -1).contiguous())
        (self.decayed if joined.dim() > 1 else self.plain).append(joined)
        at = 0
        for name, part in zip(names, parts):
            self.places[name] = (joined, at, part.shape[-1])
            at += part.shape[-1]
        return joined

    def gradients(self):
        return {name: w.grad.narrow(-1, at, n) for name, (w, at, n) in self.places.items()}


def rms_norm(x, weight, epsilon=EPSILON):
    return F.rms_norm(x, (x.shape[-1],), weight, epsilon)


class Attention(nn.Module):
    def __init__(self, name, weights, batch, length, window):
        super().__init__()
        self.project = weights.take(f"{name}.q", f"{name}.k", f"{name}.v")
        self.out = weights.take(f"{name}.out")
        self.batch, self.length, self.window = batch, length, window
        angle = torch.arange(length)[:, None] * 10_000 ** (-torch.arange(0, HEAD, 2) / HEAD).double()
        self.cos, self.sin = angle.cos().float()[:, None], angle.sin().float()[:, None]
        if window:
            i, j = torch.arange(window)[:, None], torch.arange(2 * window)
            seen = (j > i) & (j <= i + window)
            seen = torch.stack([seen & (j >= window)] + [seen] * (length // window - 1))
            self.seen = seen[None, :, None].expand(batch, -1, -1, -1, -1).flatten(0, 1)

    def rotate(self, x):
        """Adjacent pairs of [B, T, H, K]."""
        a, b = x[..., ::2], x[..., 1::2]
        return torch.stack((a * self.cos - b * self.sin, a * self.sin + b * self.cos), -1).flatten(-2).to(x.dtype)

    def keys(self, k):
        """[B, T, H, K] to [B blocks, 2 window, H, K]: each block behind the one before it."""
        blocks = F.pad(k, (0, 0, 0, 0, self.window, 0)).unflatten(1, (-1, self.window))
        return torch.cat((blocks[:, :-1], blocks[:, 1:]), 2).flatten(0, 1)

    def forward(self, x):
        q, k, v = (x @ self.project).view(self.batch, self.length, 3, -1, HEAD).unbind(2)
        q, k = self.rotate(q), self.rotate(k)
        if self.window:
            q = q.unflatten(1, (-1, self.window)).flatten(0, 1)
            q, k, v = (u.transpose(1, 2) for u in (q, self.keys(k), self.keys(v)))
            y = F.scaled_dot_product_attention(q, k, v, attn_mask=self.seen)
        else:
            q, k, v = (u.transpose(1, 2) for u in (q, k, v))
            y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        return y.transpose(1, 2).reshape(x.shape) @ self.out


class MLstm(nn.Module):
    def __init__(self, name, weights):
        super().__init__()
        names = [f"{name}.{part}" for part in ("q", "k", "v", "o", "i", "f")]
        width = weights.tensors[names[2]].shape[-1]
        self.heads = width // HEAD
        self.sizes = [width // 2, width // 2, width, width, 2 * self.heads]
        self.project = weights.take(*names)
        self.bias = weights.take(f"{name}.i_bias", f"{name}.f_bias")
        self.weight = weights.take(f"{name}.norm")
        self.out = weights.take(f"{name}.out")

    def forward(self, x):
        q, k, v, o, gates = (x @ self.project).split(self.sizes, -1)
        q, k, v = by_heads(q, KEY) * KEY**-0.5, by_heads(k, KEY), by_heads(v, HEAD)
        gates = by_heads(15 * torch.tanh((gates.float() + self.bias) / 15), 1)[..., 0]
        log_input, log_forget = gates[:, : self.heads], F.logsigmoid(gates[:, self.heads :])
        y = F.layer_norm(stabilised(q, k, v, log_input, log_forget, EPSILON), (HEAD,), eps=EPSILON)
        return (by_tokens(y) * self.weight * torch.sigmoid(o)) @ self.out


class GatedDelta(nn.Module):
    def __init__(self, name, weights):
        super().__init__()
        names = [f"{name}.{part}" for part in ("q", "k", "v", "g", "beta", "a")]
        width = weights.tensors[names[2]].shape[-1]
        self.heads = width // HEAD
        self.sizes = [2 * width, width, self.heads, self.heads]
        self.project = weights.take(*names)
        self.conv = weights.take(*(f"{name}.{part}_conv" for part in "qkv"))
        self.rate, self.bias = weights.take(f"{name}.rate"), weights.take(f"{name}.a_bias")
        self.weight, self.out = weights.take(f"{name}.norm"), weights.take(f"{name}.out")

    def forward(self, x):
        mixed, gate, beta, step = (x @ self.project).split(self.sizes, -1)
        taps, width = self.conv.shape
        mixed = F.pad(mixed.transpose(1, 2), (taps - 1, 0))
        filters = self.conv.flip(0).T[:, None]
        mixed = F.silu(F.conv1d(mixed, filters, groups=width)).transpose(1, 2)
        q, k, v = mixed.split([width // 4, width // 4, width // 2], -1)
        q, k = (F.normalize(by_heads(u, KEY), dim=-1) for u in (q, k))
        beta = by_heads(torch.sigmoid(beta.float()), 1)[..., 0]
        decay = by_heads(-self.rate.exp() * F.softplus(step.float() + self.bias), 1)[..., 0]
        y = delta_rule(q * KEY**-0.5, k, by_heads(v, HEAD), decay, beta)
        return (by_tokens(rms_norm(y, self.weight, 1e-5)) * F.silu(gate)) @ self.out


class Block(nn.Module):
    def __init__(self, name, mixer, weights, make):
        super().__init__()
        self.mixer_norm, self.ffn_norm = weights.take(f"{name}.{mixer}_norm"), weights.take(f"{name}.ffn_norm")
        self.mixer = make(f"{name}.{mixer}")
        self.up, self.down = weights.take(f"{name}.ffn.gate", f"{name}.ffn.up"), weights.take(f"{name}.ffn.down")

    def forward(self, x):
        x = x + self.mixer(rms_norm(x, self.mixer_norm))
        gate, up = (rms_norm(x, self.ffn_norm) @ self.up).chunk(2, -1)
        return x + (F.silu(gate) * up) @ self.down


class Model(nn.Module):
    def __init__(self, kind, weights, batch, length):
        super().__init__()
        count = 1 + max(int(name.split(".")[1]) for name in weights.tensors if name.startswith("layers."))
        memory = GatedDelta if kind == "gated_delta" else MLstm
        make = {
            "memory": lambda name: memory(name, weights),
            "local": lambda name: Attention(name, weights, batch, length, WINDOW),
            "full": lambda name: Attention(name, weights, batch, length, None),
        }
        mixers = {"window": ["local"], "full": ["full"], "hybrid": ["memory", "local"]}.get(kind, ["memory"])
        self.embedding, self.norm = weights.take("embedding"), weights.take("norm")
        self.blocks = nn.ModuleList(
            Block(f"layers.{i}", mixers[i % len(mixers)], weights, make[mixers[i % len(mixers)]]) for i in range(count)
        )
        if weights.tensors:
            sys.exit(f"the model does not use {sorted(weights.tensors)}")

    def forward(self, inputs, targets):
        x = F.embedding(inputs, self.embedding)
        for block in self.blocks:
            x = block(x)
        logits = rms_norm(x, self.norm) @ self.embedding.T
        return F.cross_entropy(logits.flatten(0, 1).float(), targets.flatten())


def main(kind, sequence, threads, weights_file, tokens_file, mode, precision):
    sequence = int(sequence)
    torch.set_num_threads(int(threads))
    with open(tokens_file, "rb") as file:
        tokens = torch.frombuffer(bytearray(file.read()), dtype=torch.int32).long()
    inputs, targets = tokens[:-1].view(-1, sequence), tokens[1:].view(-1, sequence)
    weights = Weights(read(weights_file))
    model = Model(kind, weights, len(inputs), sequence)
    run = torch.compile(model, dynamic=False) if mode == "compiled" else model
    optimizer = torch.optim.AdamW(
        [{"params": weights.decayed, "weight_decay": 0.1}, {"params": weights.plain, "weight_decay": 0.0}],
        lr=1e-3,
        betas=(0.9, 0.95),
        eps=1e-8,
        fused=True,
    )
    every = weights.decayed + weights.plain
    print("ready", flush=True)
    for line in sys.stdin:
        command, _, argument = line.strip().partition(" ")
        if command == "step":
            start = time.perf_counter_ns()
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=precision == "bf16"):
                loss = run(inputs, targets)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            norm = nn.utils.clip_grad_norm_(every, 1.0)
            optimizer.step()
            print("step", loss.item(), norm.item(), time.perf_counter_ns() - start, flush=True)
        elif command == "gradients":
            write(argument, weights.gradients())
            print("gradients", flush=True)
        elif command == "memory":
            print("memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, flush=True)
        elif command == "report":
            build = torch.__config__.show()
            facts = [line.strip(" -") for line in build.splitlines() if "Math Kernel" in line or "capability" in line]
            print("; ".join([f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads"] + facts))
            print("end", flush=True)
        else:
            sys.exit(f"no command {command}")


if __name__ == "__main__":
    if len(sys.argv) != 8:
        sys.exit(__doc__)
    main(*sys.argv[1:])
