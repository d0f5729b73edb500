#!/usr/bin/env python3
"""An independent training of Crossbook's two recipes, in PyTorch.

Crossbook's tests compare its accuracies with those that this program found, which
results.csv holds. It shares nothing with Crossbook but the equations: tensors, matrix
products and random numbers are PyTorch's.

    recipes.py software RULE LAYERS SEED [EPOCHS IMAGES]
    recipes.py insitu   RULE LAYERS SEED [EPOCHS IMAGES LABEL CYCLE]

Each prints one line an epoch, as results.csv has it, and in situ what arrays answer after
the last epoch, a line for each number of converter bits. results.sh runs everything that
results.csv holds. Of fewer IMAGES than 60,000 it takes the first of each class, and tests
on the first 100 of each class: Crossbook's embedded set, with 6,000. Needs Debian's
python3-torch (1.13), python3-numpy and dataset-fashion-mnist. One thread; yet a run need
not repeat to the last bit, as OpenBLAS sums in the order that suits the processor.

software: float32, 784-800x(LAYERS-1)-10, tanh, softmax and the mean cross entropy of a
batch of 64 (the last, partial batch of an epoch is left out), weights uniform in
+-1/sqrt(fan in), biases 0 and trained, v = .9 v + g, w -= .01 v.

insitu: 784-256x(LAYERS-1)-10, relu, squared errors, batch 200; weights and gradients of
6 bits, activations and errors of 8; devices of 64 levels. The layers and quantisers are
those of WAGE (Wu et al. 2018), the update is that of DNN+NeuroSim V2.1 (Peng et al.
2021): see pulse().
"""

import gzip
import math
import os
import sys

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"

import numpy as np
import torch

FILES = "/usr/share/datasets/fashion-mnist/"
RULES = ("BP", "FA", "uSF", "DFA", "sDFA", "DRTP")


def read(name, offset):
    with gzip.open(FILES + name) as f:
        return np.frombuffer(f.read(), np.uint8, offset=offset)


def images(part):
    x = read(part + "-images-idx3-ubyte.gz", 16).reshape(-1, 784)
    y = read(part + "-labels-idx1-ubyte.gz", 8)
    return torch.tensor(x.astype(np.float32) / 255), torch.tensor(y.astype(np.int64))


def first_of_each(x, y, count):
    """The first count/10 images of each class, in the order of the file."""
    if count >= len(y):
        return x, y
    chosen = torch.cat([(y == c).nonzero()[: count // 10, 0] for c in range(10)]).sort().values
    return x[chosen], y[chosen]


def one_hot(y):
    return torch.nn.functional.one_hot(y, 10).float()


def uniform(bound, *shape):
    return torch.empty(shape).uniform_(-bound, bound)


class Software:
    """Gradient descent with momentum; the backward pass is written out."""

    width, batch, rate, momentum = 800, 64, 0.01, 0.9

    def __init__(self, rule, layers):
        sizes = [784] + [self.width] * (layers - 1) + [10]
        self.rule = rule
        self.w = [uniform(i**-0.5, o, i) for i, o in zip(sizes, sizes[1:])]
        self.b = [torch.zeros(o) for o in sizes[1:]]
        self.v = [torch.zeros_like(p) for p in self.w + self.b]
        self.chain = [uniform(w.shape[1] ** -0.5, *w.shape) for w in self.w]
        self.direct = [uniform(10**-0.5, n, 10) for n in sizes[1:-1]]

    def new_epoch(self):
        pass

    def forward(self, x):
        h = [x]
        for w, b in zip(self.w[:-1], self.b):
            h.append(torch.tanh(h[-1] @ w.T + b))
        return h, h[-1] @ self.w[-1].T + self.b[-1]

    def loss(self, o, y):
        return torch.nn.functional.cross_entropy(o, y, reduction="sum").item()

    def feedback(self, i):
        """What stands for W of layer i in the error phase of the chain rules."""
        if self.rule == "FA":
            return self.chain[i]
        if self.rule == "uSF":
            return torch.sign(self.w[i]) / math.sqrt(3 * self.w[i].shape[1])
        return self.w[i]

    def errors(self, h, o, y):
        t = one_hot(y)
        e = (torch.softmax(o, 1) - t) / len(y)
        d = [None] * len(self.w)
        d[-1] = e
        sent = {"sDFA": torch.sign(e) / len(y), "DRTP": -t / len(y)}.get(self.rule, e)
        for i in range(len(self.w) - 2, -1, -1):
            if self.rule in ("DFA", "sDFA", "DRTP"):
                back = sent @ self.direct[i].T
            else:
                back = d[i + 1] @ self.feedback(i + 1)
            d[i] = back * (1 - h[i + 1] ** 2)
        return d

    def step(self, x, y):
        h, o = self.forward(x)
        d = self.errors(h, o, y)
        gradients = [e.T @ a for e, a in zip(d, h)] + [e.sum(0) for e in d]
        for p, v, g in zip(self.w + self.b, self.v, gradients):
            v.mul_(self.momentum).add_(g)
            p.sub_(v, alpha=self.rate)
        return self.loss(o, y)


def steps(bits):
    return 2.0 ** (bits - 1)


def limit(bits):
    return 1 - 1 / steps(bits)


def clip(x, bits):
    return x.clamp(-limit(bits), limit(bits))


def quantise(x, bits):
    return torch.round(x * steps(bits)) / steps(bits)


def shift(x):
    """The power of two next to the largest magnitude."""
    return 2.0 ** torch.round(torch.log2(x.abs().max()))


def quantise_error(x, bits):
    return quantise(clip(x / shift(x), bits), bits)


def normalised_curve(label):
    """a of f(t) = (1 - exp(-t/a)) / (1 - exp(-1/a)) whose largest distance from the
    diagonal is 0.07 |label|; negative for a negative label."""

    def distance(k):
        t = math.log(k / -math.expm1(-k)) / k
        return math.expm1(-k * t) / math.expm1(-k) - t

    low, high = 1e-9, 1e4
    for _ in range(200):
        k = math.sqrt(low * high)
        low, high = (k, high) if distance(k) < 0.07 * math.sqrt(2) * abs(label) else (low, k)
    return math.copysign(1 / k, label)


class InSitu:
    """Every weight is the conductance of a device, which takes pulses."""

    width, batch, levels = 256, 200, 64
    weight, gradient, activation, error = 6, 6, 8, 8

    def __init__(self, rule, layers, label, cycle):
        sizes = [784] + [self.width] * (layers - 1) + [10]
        self.rule, self.cycle = rule, cycle
        self.w, self.scale = [], []
        for i, o in zip(sizes, sizes[1:]):
            span, plain = 24 / steps(self.weight), math.sqrt(3 / i)
            self.scale.append(max(1.0, 2.0 ** round(math.log2(span / plain))))
            self.w.append(clip(uniform(max(span, plain), o, i), self.weight))
        self.direct = [quantise(uniform(math.sqrt(6 / (n + 10)), n, 10), self.weight) for n in sizes[1:-1]]
        # By n + levels: exp(n/A) and B of n pulses, LTP below 0.
        n = torch.arange(-self.levels, self.levels + 1).double()
        (up, b_up), (down, b_down) = self.curve(label), self.curve(-label)
        self.decay = torch.exp(n / torch.where(n < 0, up, down))
        self.height = torch.where(n < 0, b_up, b_down)
        self.new_epoch()

    def new_epoch(self):
        self.v = [torch.zeros_like(w) for w in self.w]

    def curve(self, label):
        """A, in pulses, and B of w(x) = B (1 - exp(-x/A)) - 1."""
        a = self.levels * normalised_curve(label)
        return torch.tensor([a, 2 / -math.expm1(-self.levels / a)], dtype=torch.float64)

    def forward(self, x):
        self.z, h = [], [x]
        for w, s in zip(self.w[:-1], self.scale):
            self.z.append(h[-1] @ quantise(w, self.weight).T / s)
            h.append(torch.relu(quantise(clip(self.z[-1], self.activation), self.activation)))
        return h, h[-1] @ quantise(self.w[-1], self.weight).T / self.scale[-1]

    def loss(self, o, y):
        return 0.5 * ((o - one_hot(y)) ** 2).sum().item()

    def errors(self, h, o, y):
        d = [None] * len(self.w)
        d[-1] = e = quantise_error(o - one_hot(y), self.error)
        for i in range(len(self.w) - 2, -1, -1):
            slope = (h[i + 1] > 0).float()
            if self.rule == "DFA":
                d[i] = (e @ self.direct[i].T) * slope
                continue
            back = d[i + 1] @ quantise(self.w[i + 1], self.weight) / self.scale[i + 1]
            passed = (self.z[i].abs() <= limit(self.activation)).float()
            d[i] = quantise_error(back * slope, self.error) * passed
        return d

    def step(self, x, y):
        h, o = self.forward(x)
        d = self.errors(h, o, y)
        for i in range(len(self.w)):
            v = self.v[i]
            v.mul_(0.9).add_(d[i].T @ h[i], alpha=0.1)
            v.div_(shift(v))  # and it stays divided
            self.pulse(self.w[i], v)
        return self.loss(o, y)

    def pulse(self, w, v):
        """n = round(v/2 P) pulses move a cell from x, its place on its curve, to x - n;
        the change D is applied as 0, 1 or 2 smallest steps, at random. As
        exp(-x/A) = 1 - (w+1)/B, the new place is w' = B - 1 - (B - 1 - w) exp(n/A)."""
        n = torch.round(v / 2 * self.levels).long() + self.levels
        end = self.height[n] - 1
        moved = end - (end - w) * self.decay[n]
        change = (w - clip(moved, self.weight)).float()
        q = torch.floor(change + torch.rand_like(w)) / steps(self.gradient)
        w.sub_(q)
        if self.cycle:
            w.add_(torch.randn_like(w) * (2 * self.cycle) * (q != 0))
        w.clamp_(-limit(self.weight), limit(self.weight))

    def hardware(self, x, product, bits):
        """The outputs that arrays with converters of so many bits give."""
        for k, (w, s) in enumerate(zip(self.w, self.scale)):
            x = product(x, quantise(w, self.weight), bits) / s
            if k < len(self.w) - 1:
                x = torch.relu(quantise(clip(x, self.activation), self.activation))
        return x


# Both products are those of arrays of 128 rows, whose lowest conductance is a tenth of the
# highest: weights round((2^b-1)/2 (w+1)) in one cell, inputs bit by bit, and a column of
# cells between the states whose sum is taken off.
ROWS, RATIO, TOP = 128, 10.0, 2.0**InSitu.weight - 1


def cells(w):
    return (1 - 1 / RATIO) * torch.round(TOP / 2 * (w + 1)) + TOP / RATIO, TOP * (1 + 1 / RATIO) / 2


def planes(whole):
    for z in range(8):
        yield 2.0**z, torch.fmod(torch.floor(whole / 2.0**z), 2)


def product(x, w, bits):
    """All rows are read, the last ones in an array of their own; a code is the nearest of
    2^bits from the smallest to the largest sum of a batch, the column's included."""
    (g, middle), unit, total = cells(w), x.max() / 255, 0
    for weight, plane in planes(torch.round(x / unit)):
        for part, rows in zip(plane.split(ROWS, 1), g.split(ROWS, 1)):
            sums = torch.cat([part @ rows.T, middle * part.sum(1, keepdim=True)], 1)
            sums = nearest(sums, bits)
            total = total + weight * (sums[:, :-1] - sums[:, -1:])
    return total * unit * 2 / TOP / (1 - 1 / RATIO)


def product_v21(x, w, bits):
    """As DNN+NeuroSim V2.1 multiplies: whole groups of rows only, the column has converters
    of its own, codes are rounded down, and scales are powers of two."""
    (g, middle), total = cells(w), 0
    for weight, plane in planes(torch.round(255 * x)):
        for first in range(0, x.shape[1] // ROWS * ROWS, ROWS):
            part, rows = plane[:, first : first + ROWS], slice(first, first + ROWS)
            zeros = middle * part.sum(1, keepdim=True)
            total = total + weight * (below(part @ g[:, rows].T, bits) - below(zeros, bits))
    return total * 2 / (1 - 1 / RATIO) / 256 / 2.0**InSitu.weight


def nearest(x, bits):
    low, high = x.min(), x.max()
    if low == high:
        return x
    step = (high - low) / (2.0**bits - 1)
    return low + step * torch.round((x - low) / step)


def below(x, bits):
    """The lower end of the step that a sum falls into, of 2^bits between the smallest
    and the largest sum. Sums that are all the same pass; in the reference they do not."""
    low, high = x.min(), x.max()
    if low == high:
        return x
    step = 2.0**-bits * (high - low)
    return low + step * torch.floor((x - low) / step).clamp(0, 2.0**bits - 1)


def accuracy(answers, y):
    return 100 * (answers.argmax(1) == y).float().mean().item()


def train(net, row, epochs, count):
    x, y = first_of_each(*images("train"), count)
    tx, ty = images("t10k") if count == 60000 else first_of_each(*images("t10k"), 1000)
    for epoch in range(1, epochs + 1):
        net.new_epoch()
        order, loss, seen = torch.randperm(len(x)), 0.0, 0
        for batch in order.split(net.batch):
            if len(batch) == net.batch:
                loss, seen = loss + net.step(x[batch], y[batch]), seen + net.batch
        answers = net.forward(tx)[1]
        print(f"{row},{epoch},,{accuracy(answers, ty):.2f},{loss / seen:.5f}", flush=True)
    return tx[:1000], ty[:1000]


def through_arrays(net, row, x, y):
    print(f"{row},ideal,{accuracy(net.forward(x)[1], y):.2f},", flush=True)
    for name, multiply in (("", product), ("v2.1 ", product_v21)):
        for bits in (3, 4, 5, 6, 8):
            answers = torch.cat([net.hardware(part, multiply, bits) for part in x.split(200)])
            print(f"{row},{name}{bits},{accuracy(answers, y):.2f},", flush=True)


def main(recipe, rule, layers, seed, epochs="", count="60000", label="0.01", cycle="0"):
    assert rule in RULES and (recipe == "software" or rule in ("BP", "DFA"))
    torch.manual_seed(int(seed))
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    if recipe == "software":
        row = f"software,{rule},{layers},,,{count},{seed}"
        train(Software(rule, int(layers)), row, int(epochs or 5), int(count))
        return
    net = InSitu(rule, int(layers), float(label), float(cycle))
    row, last = f"insitu,{rule},{layers},{label},{cycle},{count},{seed}", int(epochs or 3)
    through_arrays(net, f"{row},{last}", *train(net, row, last, int(count)))


if __name__ == "__main__":
    main(*sys.argv[1:])
