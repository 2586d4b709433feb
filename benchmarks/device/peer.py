#!/usr/bin/env python3
"""PyTorch beside swax on one device: training steps of SWAX, and matrix products.

Prints JSON: tokens a second of the fastest form of window attention, and GFLOP/s of the products
that training needs, in fp32 without TF32 and with it, and in bfloat16 (autocast). The model is that of large.swax: mLSTM (by
chunks of 64, all chunks at once) and window attention in turn, SwiGLU, RMSNorm, AdamW.
"""
import argparse
import json
import math
import time

import torch
from torch import nn
from torch.nn import functional as F

CHUNK = 64
EPSILON = 1e-6


class RMSNorm(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + EPSILON) * self.weight


def angles(length, width, device):
    position = torch.arange(length, device=device, dtype=torch.float64)
    rate = 10000.0 ** (-torch.arange(0, width, 2, device=device, dtype=torch.float64) / width)
    turn = position[:, None] * rate
    return turn.cos().float(), turn.sin().float()


def rotate(x, turn):
    even, odd = x[..., 0::2], x[..., 1::2]
    cosine, sine = turn
    return torch.stack((even * cosine - odd * sine, even * sine + odd * cosine), -1).flatten(-2)


class Window(nn.Module):
    """Queries by blocks of the window's size; each block sees its own keys and those before it."""

    def __init__(self, width, heads, window):
        super().__init__()
        self.heads, self.window = heads, window
        self.qkv = nn.Linear(width, 3 * width, bias=False)
        self.out = nn.Linear(width, width, bias=False)

    def forward(self, x):
        batch, length, width = x.shape
        heads, w = self.heads, self.window
        q, k, v = (
            part.view(batch, length, heads, -1).transpose(1, 2)
            for part in self.qkv(x).chunk(3, -1)
        )
        turn = angles(length, width // heads, x.device)
        q, k = rotate(q, turn), rotate(k, turn)
        blocks = length // w

        def both(t):
            t = t.reshape(batch, heads, blocks, w, -1)
            return torch.cat((F.pad(t, (0, 0, 0, 0, 1, 0))[:, :, :-1], t), 3)

        rows = torch.arange(w, device=x.device)[:, None] + w
        columns = torch.arange(2 * w, device=x.device)[None]
        band = (columns <= rows) & (columns > rows - w)
        first = band & (columns >= w)
        mask = torch.stack([first] + [band] * (blocks - 1))
        q = q.reshape(batch, heads, blocks, w, -1)
        scores = q @ both(k).transpose(-1, -2) / math.sqrt(width // heads)
        y = scores.masked_fill(~mask, float("-inf")).softmax(-1) @ both(v)
        return self.out(y.reshape(batch, heads, length, -1).transpose(1, 2).flatten(-2))


class Memory(nn.Module):
    """mLSTM; states between chunks are a product with a triangle of decays."""

    def __init__(self, width, heads):
        super().__init__()
        self.heads, self.keys, self.values = heads, width // 2 // heads, width // heads
        self.q = nn.Linear(width, width // 2, bias=False)
        self.k = nn.Linear(width, width // 2, bias=False)
        self.v = nn.Linear(width, width, bias=False)
        self.o = nn.Linear(width, width, bias=False)
        self.gates = nn.Linear(width, 2 * heads)
        self.norm = nn.Parameter(torch.ones(width))
        self.out = nn.Linear(width, width, bias=False)

    def split(self, x):
        batch, length, width = x.shape
        return x.view(batch, length // CHUNK, CHUNK, self.heads, -1).permute(0, 3, 1, 2, 4)

    def forward(self, x):
        batch, length, width = x.shape
        q = self.split(self.q(x)) / math.sqrt(self.keys)
        k, v = self.split(self.k(x)), self.split(self.v(x))
        gates = 15 * torch.tanh(self.gates(x) / 15)
        write, forget = (self.split(g).squeeze(-1) for g in gates.chunk(2, -1))
        b = F.logsigmoid(forget).cumsum(-1)
        total = b[..., -1]
        share = total[..., None] - b + write
        with torch.no_grad():
            m = [torch.zeros_like(total[..., 0])]
            most = share.amax(-1)
            for n in range(total.shape[-1]):
                m.append(torch.maximum(m[-1] + total[..., n], most[..., n]))
            before, after = torch.stack(m[:-1], -1), torch.stack(m[1:], -1)
        one = torch.ones_like(v[..., :1])
        sums = (k * (share - after[..., None]).exp()[..., None]).transpose(-1, -2) @ torch.cat(
            (v, one), -1
        )
        inclusive = total.cumsum(-1)
        decay = (inclusive - total - before)[..., None] - (inclusive - after)[..., None, :]
        states = (decay.tril(-1).exp().tril(-1) @ sums.flatten(-2)).view_as(sums)
        weights = b[..., None] - (b - write)[..., None, :]
        hidden = torch.ones(CHUNK, CHUNK, dtype=torch.bool, device=x.device).triu(1)
        weights = weights.masked_fill(hidden, float("-inf"))
        reach = b + before[..., None]
        with torch.no_grad():
            top = torch.maximum(reach, weights.amax(-1))
        scores = (q @ k.transpose(-1, -2)) * (weights - top[..., None]).exp()
        read = (q * (reach - top).exp()[..., None]) @ states
        divisor = torch.maximum((scores.sum(-1) + read[..., -1]).abs(), (-top).exp()) + EPSILON
        h = (scores @ v + read[..., :-1]) / divisor[..., None]
        h = h.permute(0, 2, 3, 1, 4).reshape(batch, length, self.heads, -1)
        h = F.layer_norm(h, (self.values,), eps=EPSILON).flatten(-2) * self.norm
        return self.out(h * self.o(x).sigmoid())


class Block(nn.Module):
    def __init__(self, width, mixer):
        super().__init__()
        hidden = (8 * width // 3 + 63) // 64 * 64
        self.mixer, self.norm, self.ffn_norm = mixer, RMSNorm(width), RMSNorm(width)
        self.up = nn.Linear(width, 2 * hidden, bias=False)
        self.down = nn.Linear(hidden, width, bias=False)

    def forward(self, x):
        x = x + self.mixer(self.norm(x))
        gate, up = self.up(self.ffn_norm(x)).chunk(2, -1)
        return x + self.down(F.silu(gate) * up)


class Model(nn.Module):
    def __init__(self, width, blocks, heads, window, vocabulary=256):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, width)
        self.blocks = nn.ModuleList(
            Block(width, Memory(width, 4) if i % 2 == 0 else Window(width, heads, window))
            for i in range(blocks)
        )
        self.norm, self.head = RMSNorm(width), nn.Linear(width, vocabulary, bias=False)

    def forward(self, tokens):
        x = self.embedding(tokens)
        for block in self.blocks:
            x = block(x)
        return self.head(self.norm(x))


def wait(device):
    if device == "cuda":
        torch.cuda.synchronize()


def train(options, device, bf16):
    torch.manual_seed(1)
    model = Model(options.width, options.blocks, options.heads, options.window).to(device)
    optimizer = torch.optim.AdamW(model.parameters(), 1e-3, (0.9, 0.95), weight_decay=0.1)
    tokens = torch.randint(256, (options.batch, options.sequence + 1), device=device)
    seconds = []
    for _ in range(options.steps):
        wait(device)
        start = time.perf_counter()
        with torch.autocast(device, torch.bfloat16, enabled=bf16):
            logits = model(tokens[:, :-1])
            loss = F.cross_entropy(logits.flatten(0, 1), tokens[:, 1:].flatten())
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        wait(device)
        seconds.append(time.perf_counter() - start)
    later = sorted(seconds[len(seconds) // 2 :])
    return options.batch * options.sequence / later[len(later) // 2]


def product(shape, device, bf16, repeat=20):
    m, k, n = shape
    kind = torch.bfloat16 if bf16 else torch.float32
    a, b = torch.randn(m, k, device=device, dtype=kind), torch.randn(k, n, device=device, dtype=kind)
    best = math.inf
    for _ in range(repeat):
        wait(device)
        start = time.perf_counter()
        a @ b
        wait(device)
        best = min(best, time.perf_counter() - start)
    return 2e-9 * m * k * n / best


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name, value in (
        ("width", 768), ("blocks", 12), ("heads", 12), ("window", 128),
        ("sequence", 2048), ("batch", 4), ("steps", 20),
    ):
        parser.add_argument("--" + name, type=int, default=value)
    options = parser.parse_args()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    rows = options.batch * options.sequence
    shapes = [(rows, options.width, options.width), (rows, options.width, 4 * options.width), (2048, 2048, 2048)]
    result = {
        "device": torch.cuda.get_device_name() if device == "cuda" else "cpu",
        "torch": torch.__version__,
    }
    for name in ("fp32", "tf32", "bf16") if device == "cuda" else ("fp32",):
        torch.backends.cuda.matmul.allow_tf32 = name == "tf32"
        bf16 = name == "bf16"
        result[name] = {
            "tokensPerSecond": train(options, device, bf16),
            "products": {"x".join(map(str, s)): product(s, device, bf16) for s in shapes},
        }
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
