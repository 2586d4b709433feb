#!/usr/bin/env python3
"""Training steps of one memory in PyTorch, on the CPU: the peer of benchmarks/memories.

usage: memories.py MEMORY SEQUENCE THREADS [compile]

The model is that of the benchmark: vocabulary 256, width 256, 4 blocks, SwiGLU of 688, RMSNorm, a
tied head, AdamW, 8,192 tokens a step. Every memory is in the fastest form that plain PyTorch has:
matrix states by chunks, elementwise ones by a scan of two levels with a gradient written by hand,
recurrent weights token by token. With "compile", blocks go through torch.compile, which needs a C++
compiler.

Serves standard input as TraineeLoop does: "step" answers "step LOSS NORM NANOSECONDS".
"""
import math
import resource
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

VOCABULARY, WIDTH, BLOCKS, HEADS, HIDDEN, TOKENS = 256, 256, 4, 4, 688, 8192
CHUNK = 64


def linear(inputs, outputs, bias=False):
    return nn.Linear(inputs, outputs, bias=bias)


def by_heads(x, width, chunk=CHUNK):
    """[B, T, heads * width] to [B, heads, chunks, chunk, width]."""
    batch, length, _ = x.shape
    return x.view(batch, length // chunk, chunk, -1, width).permute(0, 3, 1, 2, 4)


def by_tokens(y):
    batch, heads, chunks, chunk, width = y.shape
    return y.permute(0, 2, 3, 1, 4).reshape(batch, chunks * chunk, heads * width)


def lower(size, diagonal=0):
    return torch.ones(size, size, dtype=torch.bool).tril(diagonal)


def scalar_decay(q, k, v, log_decay):
    """S' = a S + outer(k, v), y = q . S'; log_decay [B, heads, chunks, chunk]."""
    total = log_decay.cumsum(-1)
    whole = total[..., -1]
    inside = (total[..., :, None] - total[..., None, :]).masked_fill(~lower(q.shape[-2]), -math.inf)
    added = (k * (whole[..., None] - total).exp()[..., None]).transpose(-1, -2) @ v
    border = whole.cumsum(-1)
    between = border[..., :, None] - whole[..., :, None] - border[..., None, :]
    between = between.masked_fill(~lower(whole.shape[-1], -1), -math.inf).exp()
    states = torch.einsum("bhij,bhjkv->bhikv", between, added)
    return ((q @ k.transpose(-1, -2)) * inside.exp()) @ v + (q * total.exp()[..., None]) @ states


def stabilised(q, k, v, log_input, log_forget, epsilon=0.0):
    """mLSTM's read of its state by its normaliser, under running maxima: one for each border of
    chunks and one for each token."""
    v = torch.cat((v, torch.ones_like(v[..., :1])), -1)
    total = log_forget.cumsum(-1)
    whole = total[..., -1]
    after = whole[..., None] - total + log_input
    local = after.amax(-1)
    border = whole.cumsum(-1)
    between = border[..., :, None] - border[..., None, :] + local[..., None, :]
    between = between.masked_fill(~lower(whole.shape[-1]), -math.inf)
    most = between.amax(-1)
    added = (k * (after - local[..., None]).exp()[..., None]).transpose(-1, -2) @ v
    states = torch.einsum("bhij,bhjkv->bhikv", (between - most[..., None]).exp(), added)
    states = F.pad(states, (0, 0, 0, 0, 1, 0))[:, :, :-1]
    most = F.pad(most, (1, 0), value=-1e30)[..., :-1]
    inside = total[..., :, None] - total[..., None, :] + log_input[..., None, :]
    inside = inside.masked_fill(~lower(q.shape[-2]), -math.inf)
    carried = total + most[..., None]
    m = torch.maximum(inside.amax(-1), carried).detach()
    y = ((q @ k.transpose(-1, -2)) * (inside - m[..., None]).exp()) @ v
    y = y + (q * (carried - m).exp()[..., None]) @ states
    divisor = torch.maximum(y[..., -1:].abs(), (-m).exp()[..., None]) + epsilon
    return y[..., :-1] / divisor


def delta_rule(q, k, v, log_decay, beta):
    """S' = a (S - beta outer(k, k . S)) + beta outer(k, v), y = q . S'."""
    chunk = q.shape[-2]
    total = log_decay.cumsum(-1)
    whole = total[..., -1:]
    ratio = (total[..., :, None] - total[..., None, :]).masked_fill(~lower(chunk), -math.inf).exp()
    written = k * beta[..., None]
    system = ((written @ k.transpose(-1, -2)) * ratio).tril(-1) + torch.eye(chunk)
    right = torch.cat((v * beta[..., None], written * total.exp()[..., None]), -1)
    solved = torch.linalg.solve_triangular(system, right, upper=False, unitriangular=True)
    values, reads = solved[..., : v.shape[-1]], solved[..., v.shape[-1] :]
    scores = (q @ k.transpose(-1, -2)) * ratio
    queries = q * total.exp()[..., None]
    keys = (k * (whole - total).exp()[..., None]).transpose(-1, -2)
    kept = whole.exp()[..., None]
    state = q.new_zeros(*q.shape[:2], q.shape[-1], v.shape[-1])
    outputs = []
    for c in range(q.shape[2]):
        new = values[:, :, c] - reads[:, :, c] @ state
        outputs.append(queries[:, :, c] @ state + scores[:, :, c] @ new)
        state = kept[:, :, c] * state + keys[:, :, c] @ new
    return torch.stack(outputs, 2)


def vector_decay(q, k, v, log_decay):
    """S' = diag(a) S + outer(k, v), y = q . S'. Factored exponents: chunks must be short enough."""
    total = log_decay.cumsum(-2)
    whole = total[..., -1:, :]
    queries = q * total.exp()
    scores = (queries @ (k * (-total).exp()).transpose(-1, -2)).masked_fill(~lower(q.shape[-2]), 0)
    added = (k * (whole - total).exp()).transpose(-1, -2) @ v
    states = scan(whole.exp().transpose(-1, -2), added, 2, before=True)
    return scores @ v + queries @ states


def vector_decay_delta(q, k, v, log_decay, beta):
    """S' = diag(a) S + beta outer(k, v - k . (diag(a) S)), y = q . S'. Factored exponents as well."""
    total = log_decay.cumsum(-2)
    reads = k * total.exp()
    pairs = (reads @ (k * (-total).exp()).transpose(-1, -2)).tril(-1)
    right = torch.cat((v, reads), -1) * beta[..., None]
    system = pairs * beta[..., None] + torch.eye(q.shape[-2])
    solved = torch.linalg.solve_triangular(system, right, upper=False, unitriangular=True)
    values, reads = solved[..., : v.shape[-1]], solved[..., v.shape[-1] :]
    whole = total[..., -1:, :]
    queries = q * total.exp()
    scores = (queries @ (k * (-total).exp()).transpose(-1, -2)).tril()
    keys = (k * (whole - total).exp()).transpose(-1, -2)
    kept = whole.exp().transpose(-1, -2)
    state = q.new_zeros(*q.shape[:2], q.shape[-1], v.shape[-1])
    outputs = []
    for c in range(q.shape[2]):
        new = values[:, :, c] - reads[:, :, c] @ state
        outputs.append(queries[:, :, c] @ state + scores[:, :, c] @ new)
        state = kept[:, :, c] * state + keys[:, :, c] @ new
    return torch.stack(outputs, 2)


def two_keys(r, k, v, log_decay, read, write):
    """S' = diag(a) S + outer(write, read . S) + outer(k, v), y = r . S'. Factored exponents as well."""
    total = log_decay.cumsum(-2)
    whole = total[..., -1:, :]
    reads = read * (total - log_decay).exp()
    queries = r * total.exp()
    writes, keys = (u * (-total).exp() for u in (write, k))
    system = torch.eye(r.shape[-2]) - (reads @ writes.transpose(-1, -2)).tril(-1)
    right = torch.cat(((reads @ keys.transpose(-1, -2)).tril(-1) @ v, reads), -1)
    solved = torch.linalg.solve_triangular(system, right, upper=False, unitriangular=True)
    values, reads = solved[..., : v.shape[-1]], solved[..., v.shape[-1] :]
    outputs = (queries @ keys.transpose(-1, -2)).tril() @ v
    scores = (queries @ writes.transpose(-1, -2)).tril()
    after = (whole - total).exp()
    added = (k * after).transpose(-1, -2) @ v
    written = (write * after).transpose(-1, -2)
    kept = whole.exp().transpose(-1, -2)
    state = r.new_zeros(*r.shape[:2], r.shape[-1], v.shape[-1])
    rest = []
    for c in range(r.shape[2]):
        new = values[:, :, c] + reads[:, :, c] @ state
        rest.append(queries[:, :, c] @ state + scores[:, :, c] @ new)
        state = kept[:, :, c] * state + added[:, :, c] + written[:, :, c] @ new
    return outputs + torch.stack(rest, 2)


def walk(decay, value):
    """h = decay h + value along axis 0: inside of blocks, all at once, then from block to block."""
    length = value.shape[0]
    block = 1 << (length.bit_length() // 2)
    decay = decay.reshape(length // block, block, *decay.shape[1:])
    value = value.reshape(length // block, block, *value.shape[1:])
    states, kept = torch.empty_like(value), torch.empty_like(decay)
    states[:, 0], kept[:, 0] = value[:, 0], decay[:, 0]
    for t in range(1, block):
        torch.addcmul(value[:, t], decay[:, t], states[:, t - 1], out=states[:, t])
        torch.mul(decay[:, t], kept[:, t - 1], out=kept[:, t])
    for b in range(1, length // block):
        states[b] += kept[b] * states[b - 1, -1]
    return states.reshape(length, *states.shape[2:])


class Scan(torch.autograd.Function):
    """The gradient of a scan is a scan from the end; left to autograd it takes ten times as long."""

    @staticmethod
    def forward(ctx, decay, value):
        states = walk(decay, value)
        ctx.save_for_backward(decay, states)
        return states

    @staticmethod
    def backward(ctx, d_states):
        decay, states = ctx.saved_tensors
        later = torch.cat((decay[1:], torch.zeros_like(decay[:1]))).flip(0)
        d_value = walk(later, d_states.flip(0)).flip(0)
        d_decay = torch.zeros_like(states)
        torch.mul(d_value[1:], states[:-1], out=d_decay[1:])
        return d_decay.sum_to_size(decay.shape), d_value


def scan(decay, value, axis, before=False):
    """h = decay h + value along an axis; all h, or those before each."""
    states = Scan.apply(decay.movedim(axis, 0), value.movedim(axis, 0))
    if before:
        states = torch.cat((torch.zeros_like(states[:1]), states[:-1]))
    return states.movedim(0, axis)


class Conv(nn.Module):
    """Causal and depthwise, as the reference layers call it."""

    def __init__(self, width, size=4, bias=False):
        super().__init__()
        self.size = size
        self.conv = nn.Conv1d(width, width, size, groups=width, bias=bias)

    def forward(self, x):
        return self.conv(F.pad(x.transpose(1, 2), (self.size - 1, 0))).transpose(1, 2)


class Keyed(nn.Module):
    """Projections of queries, keys and values, an output gate and a norm per head."""

    def __init__(self, key, gate, norm="rms"):
        super().__init__()
        self.key, self.value, self.norm = key, WIDTH // HEADS, norm
        self.sizes = [HEADS * key, HEADS * key, WIDTH] + ([WIDTH] if gate else [])
        self.project = linear(WIDTH, sum(self.sizes))
        self.gate = gate
        self.out = linear(WIDTH, WIDTH)
        self.weight = nn.Parameter(torch.ones(self.value))

    def projected(self, x):
        return self.project(x).split(self.sizes, -1)

    def result(self, y, gate=None, activation=F.silu):
        if self.norm == "layer":
            y = F.layer_norm(y, (self.value,), self.weight)
        else:
            y = F.rms_norm(y, (self.value,), self.weight, 1e-5)
        y = by_tokens(y)
        return self.out(y if gate is None else y * activation(gate))


class LinearAttention(Keyed):
    def __init__(self):
        super().__init__(WIDTH // HEADS, gate=False)

    def forward(self, x):
        q, k, v = self.projected(x)
        q, k = (by_heads(F.elu(u) + 1, self.key) for u in (q, k))
        v = by_heads(v, self.value)
        ones = torch.cat((v, torch.ones_like(v[..., :1])), -1)
        y = scalar_decay(q, k, ones, v.new_zeros(v.shape[:-1]))
        return self.result(y[..., :-1] / y[..., -1:])


class Retention(Keyed):
    def __init__(self):
        super().__init__(WIDTH // HEADS // 2, gate=True, norm="layer")

    def forward(self, x):
        q, k, v, gate = self.projected(x)
        decay = (1 - 2.0 ** (-5 - torch.arange(HEADS))).log()[None, :, None, None]
        q, k, v = by_heads(q, self.key), by_heads(k, self.key), by_heads(v, self.value)
        return self.result(
            scalar_decay(q * self.key**-0.5, k, v, decay.expand(v.shape[:-1])), gate
        )


class MLstm(Keyed):
    def __init__(self):
        super().__init__(WIDTH // HEADS // 2, gate=True, norm="layer")
        self.gates = linear(WIDTH, 2 * HEADS, bias=True)
        nn.init.zeros_(self.gates.weight)
        with torch.no_grad():
            self.gates.bias.copy_(torch.cat((torch.full((HEADS,), -10.0), torch.linspace(3, 6, HEADS))))

    def forward(self, x):
        q, k, v, gate = self.projected(x)
        q = by_heads(q, self.key) * self.key**-0.5
        k, v = by_heads(k, self.key), by_heads(v, self.value)
        gates = by_heads(15 * torch.tanh(self.gates(x) / 15), 1)[..., 0]
        log_input, log_forget = gates[:, :HEADS], F.logsigmoid(gates[:, HEADS:])
        return self.result(stabilised(q, k, v, log_input, log_forget), gate, torch.sigmoid)


class DeltaNet(Keyed):
    def __init__(self, gated=False):
        super().__init__(WIDTH // HEADS // (2 if gated else 1), gate=gated)
        self.gated = gated
        self.gates = linear(WIDTH, (2 if gated else 1) * HEADS, bias=gated)
        self.rate = nn.Parameter(torch.linspace(0, 2.77, HEADS)) if gated else None
        self.conv = Conv(sum(self.sizes[:3]))

    def forward(self, x):
        parts = self.projected(x)
        mixed = F.silu(self.conv(torch.cat(parts[:3], -1)))
        q, k, v = mixed.split(self.sizes[:3], -1)
        q, k = (F.normalize(by_heads(u, self.key), dim=-1) for u in (q, k))
        v = by_heads(v, self.value)
        gates = by_heads(self.gates(x), 1)[..., 0]
        beta = torch.sigmoid(gates[:, :HEADS])
        if self.gated:
            decay = -self.rate.exp()[None, :, None, None] * F.softplus(gates[:, HEADS:])
        else:
            decay = torch.zeros_like(beta)
        y = delta_rule(q * self.key**-0.5, k, v, decay, beta)
        return self.result(y, parts[3] if self.gated else None)


class Gla(Keyed):
    def __init__(self):
        super().__init__(WIDTH // HEADS // 2, gate=True)
        self.decay = nn.Sequential(linear(WIDTH, 16), linear(16, HEADS * self.key, bias=True))

    def forward(self, x):
        q, k, v, gate = self.projected(x)
        q, k, v = by_heads(q, self.key), by_heads(k, self.key), by_heads(v, self.value)
        decay = by_heads(F.logsigmoid(self.decay(x)) / 16, self.key)
        return self.result(vector_decay(q * self.key**-0.5, k, v, decay), gate)


class Hgrn2(Keyed):
    """Chunks of 16 tokens: a gate may close, and e^(16 tokens) is what fp32 holds."""

    def __init__(self):
        super().__init__(WIDTH // HEADS, gate=False)

    def forward(self, x):
        q, f, v = self.projected(x)
        q, f = by_heads(F.silu(q), self.key, 16), by_heads(f, self.key, 16)
        v = by_heads(v, self.value, 16)
        return self.result(vector_decay(q, torch.sigmoid(-f), v, F.logsigmoid(f)))


class Kda(Keyed):
    """Kimi Delta Attention. Chunks of 32 tokens, which its first decays of e^-1.6 a token allow."""

    def __init__(self):
        super().__init__(WIDTH // HEADS, gate=False)
        self.conv = Conv(sum(self.sizes))
        self.beta = linear(WIDTH, HEADS)
        self.rate = nn.Parameter(torch.linspace(0, 2.77, HEADS))
        self.step = nn.Sequential(linear(WIDTH, self.value), linear(self.value, WIDTH, bias=True))
        self.gate = nn.Sequential(linear(WIDTH, self.value), linear(self.value, WIDTH, bias=True))
        nn.init.constant_(self.step[1].bias, -4.6)

    def forward(self, x):
        mixed = F.silu(self.conv(self.project(x)))
        q, k, v = (by_heads(u, self.key, 32) for u in mixed.split(self.sizes, -1))
        q, k = F.normalize(q, dim=-1), F.normalize(k, dim=-1)
        beta = by_heads(torch.sigmoid(self.beta(x)), 1, 32)[..., 0]
        step = by_heads(F.softplus(self.step(x)), self.key, 32)
        decay = -self.rate.exp()[None, :, None, None, None] * step
        y = vector_decay_delta(q * self.key**-0.5, k, v, decay, beta)
        return self.result(y, self.gate(x), torch.sigmoid)


class Rwkv7(nn.Module):
    """The time mixing of RWKV-7 as swax has it: six mixes of two free weights a channel."""

    def __init__(self):
        super().__init__()
        self.head, rank, gate = WIDTH // HEADS, 8 * HEADS, 16 * HEADS
        self.mixes = nn.Parameter(torch.full((6, 2, 1, 1, WIDTH), 0.5))
        self.r, self.k, self.v = (linear(WIDTH, WIDTH) for _ in range(3))
        self.decay = nn.Sequential(linear(WIDTH, rank), nn.Tanh(), linear(rank, WIDTH, bias=True))
        self.rate = nn.Sequential(linear(WIDTH, rank), linear(rank, WIDTH, bias=True))
        self.gate = nn.Sequential(linear(WIDTH, gate), nn.Sigmoid(), linear(gate, WIDTH))
        with torch.no_grad():
            self.decay[2].bias.copy_(torch.linspace(-5.5, 0.5, WIDTH))
            self.rate[1].bias.copy_(torch.linspace(-0.39, 0.01, WIDTH))
        self.read = nn.Parameter(torch.linspace(0.76, 0.66, WIDTH))
        self.write = nn.Parameter(torch.full((WIDTH,), 1.02))
        self.bonus = nn.Parameter(torch.full((WIDTH,), -0.04))
        self.weight, self.bias = nn.Parameter(torch.ones(WIDTH)), nn.Parameter(torch.zeros(WIDTH))
        self.out = linear(WIDTH, WIDTH)

    def forward(self, x):
        before = F.pad(x, (0, 0, 1, -1))
        xr, xk, xv, xz, xi, xs = (torch.addcmul(before * m[0], x, m[1]) for m in self.mixes)
        r, k, v, g = self.r(xr), self.k(xk), self.v(xv), self.gate(xs)
        decay = -math.exp(-0.5) * torch.sigmoid(self.decay(xz))
        i = torch.sigmoid(self.rate(xi))
        u = k * (1 + (i - 1) * self.write)
        rh, kh, uh, vh, ih, dh = (by_heads(y, self.head) for y in (r, k * self.read, u, v, i, decay))
        h = F.normalize(kh, dim=-1)
        y = by_tokens(F.layer_norm(two_keys(rh, uh, vh, dh, h, -ih * h), (self.head,), eps=64e-5))
        bonus = by_heads(r * self.bonus * u, self.head).sum(-1, keepdim=True)
        y = y * self.weight + self.bias + by_tokens(bonus * vh)
        return self.out(y * g)


class MinGru(nn.Module):
    def __init__(self):
        super().__init__()
        self.project, self.out = linear(WIDTH, 2 * WIDTH), linear(WIDTH, WIDTH)

    def forward(self, x):
        z, candidate = self.project(x).chunk(2, -1)
        z = torch.sigmoid(z)
        return self.out(scan(1 - z, z * candidate, 1))


class RgLru(nn.Module):
    """The recurrent block of Griffin; gates are made within heads."""

    def __init__(self):
        super().__init__()
        head = WIDTH // HEADS
        self.project, self.out = linear(WIDTH, 2 * WIDTH, True), linear(WIDTH, WIDTH, True)
        self.conv = Conv(WIDTH, bias=True)
        self.gates = nn.Parameter(torch.randn(HEADS, head, 2 * head) * head**-0.5)
        self.bias = nn.Parameter(torch.zeros(HEADS, 1, 2 * head))
        self.rate = nn.Parameter(torch.linspace(-2.197, -6.907, WIDTH))

    def forward(self, x):
        batch, length, _ = x.shape
        u, gate = self.project(x).chunk(2, -1)
        u = self.conv(u)
        heads = u.reshape(-1, HEADS, WIDTH // HEADS).transpose(0, 1)
        gates = torch.sigmoid(torch.baddbmm(self.bias, heads, self.gates)).transpose(0, 1)
        i, r = (g.reshape(batch, length, WIDTH) for g in gates.chunk(2, -1))
        log_decay = -8 * r * F.softplus(self.rate)
        value = (-torch.expm1(2 * log_decay)).sqrt() * i * u
        return self.out(F.gelu(gate) * scan(log_decay.exp(), value, 1))


class Mamba2(nn.Module):
    """Heads of 64 values, one key of 128 for all of them."""

    def __init__(self, key=128, head=64):
        super().__init__()
        self.key, self.head, self.inner = key, head, 2 * WIDTH
        self.heads = self.inner // head
        self.sizes = [self.inner, self.inner + 2 * key, self.heads]
        self.project, self.out = linear(WIDTH, sum(self.sizes)), linear(self.inner, WIDTH)
        self.conv = Conv(self.sizes[1], bias=True)
        self.bias = nn.Parameter(torch.linspace(-6.9, -2.25, self.heads))
        self.rate = nn.Parameter(torch.linspace(0, 2.77, self.heads))
        self.skip = nn.Parameter(torch.ones(self.heads))
        self.weight = nn.Parameter(torch.ones(self.inner))

    def forward(self, x):
        gate, mixed, step = self.project(x).split(self.sizes, -1)
        u, b, c = F.silu(self.conv(mixed)).split([self.inner, self.key, self.key], -1)
        u, b, c = by_heads(u, self.head), by_heads(b, self.key), by_heads(c, self.key)
        step = by_heads(F.softplus(step + self.bias), 1)[..., 0]
        decay = -self.rate.exp()[None, :, None, None] * step
        y = scalar_decay(c, b, u * step[..., None], decay)
        y = by_tokens(y + self.skip[None, :, None, None, None] * u)
        return self.out(F.rms_norm(y * F.silu(gate), (self.inner,), self.weight, 1e-5))


class S6(nn.Module):
    """Mamba's layer: states of 16 for each of 2 D channels."""

    def __init__(self, state=16):
        super().__init__()
        self.state, self.inner, self.rank = state, 2 * WIDTH, WIDTH // 16
        self.project, self.out = linear(WIDTH, 2 * self.inner), linear(self.inner, WIDTH)
        self.conv = Conv(self.inner, bias=True)
        self.select = linear(self.inner, self.rank + 2 * state)
        self.step = linear(self.rank, self.inner, bias=True)
        self.rate = nn.Parameter(torch.arange(1, state + 1.0).log().expand(self.inner, -1).clone())
        self.skip = nn.Parameter(torch.ones(self.inner))

    def forward(self, x):
        u, gate = self.project(x).chunk(2, -1)
        u = F.silu(self.conv(u))
        step, b, c = self.select(u).split([self.rank, self.state, self.state], -1)
        step = F.softplus(self.step(step))
        decay = (-self.rate.exp() * step[..., None]).exp()
        h = scan(decay, (step * u)[..., None] * b[..., None, :], 1)
        y = (h @ c[..., None])[..., 0] + self.skip * u
        return self.out(y * F.silu(gate))


class SLstm(nn.Module):
    """Gates of two projections each, one of the token and one of the output before."""

    def __init__(self):
        super().__init__()
        head = WIDTH // HEADS
        self.conv = Conv(WIDTH, bias=True)
        self.inputs = nn.Parameter(torch.randn(4, HEADS, head, head) * (0.4 / head) ** 0.5)
        self.recurrent = nn.Parameter(torch.zeros(HEADS, head, 4 * head))
        self.bias = nn.Parameter(torch.zeros(HEADS, 1, 4 * head))
        self.weight = nn.Parameter(torch.ones(head))

    def forward(self, x):
        batch, length, _ = x.shape
        head = WIDTH // HEADS
        mixed = F.silu(self.conv(x))
        sides = torch.stack((mixed, mixed, x, x)).view(4, -1, HEADS, head)
        gates = torch.einsum("gnhi,ghij->hngj", sides, self.inputs).reshape(HEADS, batch, length, -1)
        y = x.new_zeros(HEADS, batch, head)
        c, n, m = (torch.zeros_like(y) for _ in range(3))
        outputs = []
        for t in range(length):
            raw = gates[:, :, t] + torch.baddbmm(self.bias, y, self.recurrent)
            i, f, z, o = raw.chunk(4, -1)
            kept = F.logsigmoid(f) + m
            m = torch.maximum(i, kept) if t else i
            i, f = (i - m).exp(), (kept - m).exp()
            c = f * c + i * torch.tanh(z)
            n = f * n + i
            y = torch.sigmoid(o) * c / n
            outputs.append(y)
        y = torch.stack(outputs, 2).permute(1, 2, 0, 3)
        return F.layer_norm(y, (head,), self.weight).reshape(batch, length, WIDTH)


MEMORIES = {
    "mlstm": MLstm,
    "linear_attention": LinearAttention,
    "retention": Retention,
    "delta_net": DeltaNet,
    "gated_delta": lambda: DeltaNet(gated=True),
    "gla": Gla,
    "hgrn2": Hgrn2,
    "kda": Kda,
    "rwkv7": Rwkv7,
    "min_gru": MinGru,
    "rg_lru": RgLru,
    "mamba2": Mamba2,
    "s6": S6,
    "slstm": SLstm,
}


class Norm(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(WIDTH))

    def forward(self, x):
        return F.rms_norm(x, (WIDTH,), self.weight, 1e-6)


class Block(nn.Module):
    def __init__(self, mixer):
        super().__init__()
        self.first, self.second, self.mixer = Norm(), Norm(), mixer
        self.up, self.down = linear(WIDTH, 2 * HIDDEN), linear(HIDDEN, WIDTH)

    def forward(self, x):
        x = x + self.mixer(self.first(x))
        gate, up = self.up(self.second(x)).chunk(2, -1)
        return x + self.down(F.silu(gate) * up)


class Model(nn.Module):
    def __init__(self, memory):
        super().__init__()
        self.embedding, self.norm = nn.Embedding(VOCABULARY, WIDTH), Norm()
        nn.init.normal_(self.embedding.weight, std=0.04)
        self.blocks = nn.Sequential(*(Block(MEMORIES[memory]()) for _ in range(BLOCKS)))

    def forward(self, inputs, targets):
        x = self.norm(self.blocks(self.embedding(inputs)))
        logits = x @ self.embedding.weight.T
        return F.cross_entropy(logits.view(-1, VOCABULARY), targets.view(-1))


def main(memory, sequence, threads, mode="eager"):
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    model = Model(memory)
    if mode == "compile":
        for block in model.blocks:
            block.compile(dynamic=False)
    weights = list(model.parameters())
    optimizer = torch.optim.AdamW(weights, lr=1e-3, betas=(0.9, 0.95), weight_decay=0.1, fused=True)
    tokens = torch.randint(0, VOCABULARY, (2, TOKENS // sequence, sequence))
    count = sum(w.numel() for w in weights)
    print(f"PyTorch {torch.__version__}, {memory}: {count:,} weights", file=sys.stderr)
    print("ready", flush=True)
    for line in sys.stdin:
        if line.strip() == "memory":
            print("memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, flush=True)
            continue
        start = time.perf_counter_ns()
        loss = model(*tokens)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        norm = nn.utils.clip_grad_norm_(weights, 1.0)
        optimizer.step()
        print("step", loss.item(), norm.item(), time.perf_counter_ns() - start, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:])
