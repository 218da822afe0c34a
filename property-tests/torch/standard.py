"""Every standard cell in PyTorch as its paper states it, one example at a time: where there is a sum over positions or
over sequences of labels, that sum, with no recurrence, no stabiliser and no logarithm to help.

Reads a list of cases as JSON from standard input, writes for each the mean loss and the gradient of every parameter.
"""
import itertools
import json
import math
import sys

import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

EVERY = {}


def cell(f):
    EVERY[f.__name__] = f
    return f


def real(values):
    return torch.tensor(values, dtype=torch.float64)


class Under:
    """The parameters whose paths begin with a prefix, as attributes."""
    def __init__(self, P, prefix):
        self.P, self.prefix = P, prefix

    def __getattr__(self, name):
        return self.P[f"{self.prefix}.{name}"]

    def has(self, name):
        return f"{self.prefix}.{name}" in self.P

    def under(self, name):
        return Under(self.P, f"{self.prefix}.{name}")

    def gate(self, letter, x, h):
        out = getattr(self, "W" + letter) @ x + getattr(self, "U" + letter) @ h
        return out + getattr(self, "b" + letter) if self.has("b" + letter) else out


def scan(step, start, xs):
    """The first part of the state after each input."""
    outputs, state = [], start
    for x in xs:
        state = step(state, x)
        outputs.append(state[0])
    return torch.stack(outputs)


def rnn(p, xs, f=torch.tanh, start=None):
    h0 = torch.zeros(p.W.shape[0]) if start is None else start
    return scan(lambda s, x: (f(p.W @ s[0] + p.U @ x + p.b),), (h0,), xs)


def rnn_concat(p, xs):
    return scan(lambda s, x: (torch.tanh(p.W @ torch.cat([s[0], x]) + p.b),), (torch.zeros(p.W.shape[0]),), xs)


def output_rnn(p, xs):
    return scan(lambda s, x: (p.c + p.V @ torch.tanh(p.b + p.W @ s[0] + p.U @ x),), (torch.zeros(p.c.shape[0]),), xs)


def lstm(p, xs, gate=None, forgets=True, peeps=False):
    gate = gate or p.gate
    n = p.bi.shape[0]

    def step(state, x):
        h, c = state
        see = (lambda letter, of: getattr(p, "p" + letter) * of) if peeps else (lambda *_: 0)
        f = torch.sigmoid(gate("f", x, h) + see("f", c)) if forgets else 1
        after = f * c + torch.sigmoid(gate("i", x, h) + see("i", c)) * torch.tanh(gate("c", x, h))
        return torch.sigmoid(gate("o", x, h) + see("o", after)) * torch.tanh(after), after
    return scan(step, (torch.zeros(n), torch.zeros(n)), xs)


def projected_lstm(p, xs):
    def step(state, x):
        r, c = state
        i, f, o = (torch.sigmoid(p.gate(letter, x, r)) for letter in "ifo")
        c = f * c + i * torch.tanh(p.gate("c", x, r))
        return p.Wp @ (o * torch.tanh(c)), c
    return scan(step, (torch.zeros(len(p.Wp)), torch.zeros(len(p.bf))), xs)


def chrono_lstm(p, xs):
    def gate(letter, x, h):
        return p.gate(letter, x, h) + {"f": p.b0, "i": -p.b0}.get(letter, 0)
    return lstm(p, xs, gate)


def lstm_concat(p, xs):
    return lstm(p, xs, lambda letter, x, h: getattr(p, "W" + letter) @ torch.cat([h, x]) + getattr(p, "b" + letter))


def gru(p, xs):
    def step(state, x):
        (h,) = state
        z, r = torch.sigmoid(p.gate("z", x, h)), torch.sigmoid(p.gate("r", x, h))
        return ((1 - z) * h + z * torch.tanh(p.gate("h", x, r * h)),)
    return scan(step, (torch.zeros(p.Uz.shape[0]),), xs)


def gru_reset_after(p, xs):
    def step(state, x):
        (h,) = state
        own = {gate: getattr(p, "U" + gate) @ h + getattr(p, "c" + gate) for gate in "zrh"}
        new = {gate: getattr(p, "W" + gate) @ x + getattr(p, "b" + gate) for gate in "zrh"}
        z, r = torch.sigmoid(new["z"] + own["z"]), torch.sigmoid(new["r"] + own["r"])
        return ((1 - z) * torch.tanh(new["h"] + r * own["h"]) + z * h,)
    return scan(step, (torch.zeros(p.Uz.shape[0]),), xs)


def mgu(p, xs):
    def step(state, x):
        (h,) = state
        f = torch.sigmoid(p.gate("f", x, h))
        return ((1 - f) * h + f * torch.tanh(p.gate("h", x, f * h)),)
    return scan(step, (torch.zeros(p.bf.shape[0]),), xs)


def min_gru(p, xs):
    z, g = torch.sigmoid(xs @ p.Wz.T + p.bz), xs @ p.Wh.T + p.bh
    return torch.stack([sum(torch.prod(1 - z[s + 1:t + 1], 0) * z[s] * g[s] for s in range(t + 1)) for t in range(len(xs))])


def lru(p, xs):
    a = torch.exp(-torch.exp(p.nu))
    entering = torch.sqrt(1 - a ** 2) * (xs @ p.B.T)
    h = torch.stack([sum(a ** (t - s) * entering[s] for s in range(t + 1)) for t in range(len(xs))])
    return h @ p.C.T + xs @ p.D.T


def rwkv(p, xs):
    before = torch.cat([torch.zeros(1, xs.shape[1]), xs[:-1]])
    r, k, v = ((m * xs + (1 - m) * before) @ W.T for m, W in ((p.mr, p.Wr), (p.mk, p.Wk), (p.mv, p.Wv)))
    out = []
    for t in range(len(xs)):
        weights = [torch.exp(-(t - 1 - i) * torch.exp(p.w) + k[i]) for i in range(t)] + [torch.exp(p.u + k[t])]
        out.append(p.Wo @ (torch.sigmoid(r[t]) * sum(w * v[i] for i, w in enumerate(weights)) / sum(weights)))
    return torch.stack(out)


def selective_scan(p, xs):
    """Algorithm 2 with the state of each component a row, from the steps' logarithms."""
    A = -torch.arange(1.0, len(p.WB) + 1) * torch.exp(p.a.T)
    delta = torch.log1p(torch.exp(xs @ p.Wr.T @ p.Wd.T + p.bd))
    since = torch.cumsum(delta, 0)
    return torch.stack([p.D * xs[t] + sum(
        (torch.exp((since[t] - since[s])[:, None] * A) * torch.outer(delta[s] * xs[s], p.WB @ xs[s])) @ (p.WC @ xs[t])
        for s in range(t + 1)) for t in range(len(xs))])


def slstm(p, xs):
    def step(state, x):
        h, c, q = state
        f, i = torch.sigmoid(p.gate("f", x, h)), torch.exp(p.gate("i", x, h))
        c, q = f * c + i * torch.tanh(p.gate("z", x, h)), f * q + i
        return torch.sigmoid(p.gate("o", x, h)) * c / q, c, q
    return scan(step, tuple(torch.zeros(p.bf.shape[0]) for _ in range(3)), xs)


def mlstm(p, xs):
    """Equations 19 to 27 with a forget gate that is a sigmoid, and no stabiliser."""
    n = len(p.bq)
    C, normaliser, out = torch.zeros(n, n), torch.zeros(n), []
    for x in xs:
        q, k, v = p.Wq @ x + p.bq, p.Wk @ x / math.sqrt(n) + p.bk, p.Wv @ x + p.bv
        i, f, o = torch.exp(p.wi @ x + p.bi), torch.sigmoid(p.wf @ x + p.bf), torch.sigmoid(p.Wo @ x + p.bo)
        C, normaliser = f * C + i * torch.outer(v, k), f * normaliser + i * k
        out.append(o * (C @ q) / torch.clamp(torch.abs(normaliser @ q), min=1))
    return torch.stack(out)


def unit(x):
    y = torch.nn.functional.silu(x)
    return y / torch.sqrt((y ** 2).sum(-1, keepdim=True) + 1e-6)


def delta_net(p, xs):
    """The recurrence with what is kept as a matrix, S (I - b k k^T) + b v k^T."""
    keys, queries, values = unit(xs @ p.Wk.T), unit(xs @ p.Wq.T), xs @ p.Wv.T
    S, out = torch.zeros(values.shape[1], keys.shape[1]), []
    for x, k, q, v in zip(xs, keys, queries, values):
        b = torch.sigmoid(p.wb @ x)
        S = S @ (torch.eye(len(k)) - b * torch.outer(k, k)) + b * torch.outer(v, k)
        out.append(S @ q)
    return torch.stack(out)


def gated_linear_attention(p, xs):
    """Attention without softmax, a query seeing a key through all gates since: the parallel form of the paper."""
    log_a = torch.nn.functional.logsigmoid(xs @ p.Wr.T @ p.Wa.T + p.ba) / 16
    since = torch.cumsum(log_a, 0)
    queries, keys = xs @ p.Wq.T * torch.exp(since), xs @ p.Wk.T * torch.exp(-since)
    return torch.tril(queries @ keys.T) @ (xs @ p.Wv.T) / math.sqrt(keys.shape[1])
def layer_norm(p, a):
    return torch.nn.functional.layer_norm(a, a.shape, p.g, p.b, 1e-5)


def layer_norm_lstm(p, xs):
    def step(state, x):
        h, c = state
        gates = layer_norm(p.under("a"), p.U @ h) + layer_norm(p.under("a.2"), p.W @ x)
        f, i, o, g = (gates + torch.cat([p.bf, p.bi, p.bo, p.bc])).chunk(4)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        return torch.sigmoid(o) * torch.tanh(layer_norm(p.under("h"), c)), c
    return scan(step, (torch.zeros_like(p.bf), torch.zeros_like(p.bf)), xs)


def convolution(p, xs, pad, **options):
    return torch.nn.functional.conv1d(torch.nn.functional.pad(xs.T, pad), p.W.permute(1, 2, 0), p.b, **options).T


def stack(p, xs, run, count, beside=False):
    h = xs
    for layer in range(1, count + 1):
        h = run(p.under(f"z.{layer}"), torch.cat([h, xs], 1) if beside and layer > 1 else h)
    return h


def both(p, xs, run, join=lambda f, g: torch.cat([f, g], 1)):
    return join(run(p.under("f"), xs), run(p.under("g"), xs.flip(0)).flip(0))


def attended(scores, values):
    return torch.softmax(scores, 1) @ values


def paths(length, size):
    return itertools.product(range(size), repeat=length)


def score(labels, u, A, s):
    steps = [A[i, j] for i, j in zip(labels, labels[1:])]
    return s[labels[0]] + sum(u[t, label] for t, label in enumerate(labels)) + sum(steps)


def log_partition(u, A, s):
    return torch.log(sum(torch.exp(score(labels, u, A, s)) for labels in paths(len(u), len(s))))


for name, run in {
    "RNN": lambda p, x: rnn(p, x, torch.sin), "RNNConcat": rnn_concat, "OutputRNN": output_rnn, "LSTM": lstm,
    "LSTMConcat": lstm_concat, "ProjectedLSTM": projected_lstm, "ChronoLSTM": chrono_lstm, "ChronoGRU": gru, "LSTM1997": lambda p, x: lstm(p, x, forgets=False),
    "PeepholeLSTM": lambda p, x: lstm(p, x, peeps=True), "GRU": gru, "GRUWithoutBias": gru, "GRUResetAfter": gru_reset_after,
    "MGU": mgu, "MinGRU": min_gru, "LRU": lru, "RWKV": rwkv, "SLSTM": slstm,
    "SelectiveScan": selective_scan, "MLSTM": lambda p, x: mlstm(p, 4 * x), "DeltaNet": delta_net, "GatedLinearAttention": gated_linear_attention,
    "SiLU": lambda p, x: torch.nn.functional.silu(x), "UnitSiLU": lambda p, x: unit(x),
    "LayerNormLSTM": layer_norm_lstm, "Convolution": lambda p, x: convolution(p, x, (3, 1), dilation=2),
    "Stack": lambda p, x: stack(p, x, mgu, 3), "StackWithInput": lambda p, x: stack(p, x, rnn, 3, True),
    "Bi": lambda p, x: both(p, x, gru), "BiSum": lambda p, x: both(p, x, rnn, torch.add),
    "BiMean": lambda p, x: both(p, x, rnn, lambda f, g: (f + g) / 2), "BiMax": lambda p, x: both(p, x, rnn, torch.maximum),
    "BiStack": lambda p, x: stack(p, x, lambda q, y: both(q, y, rnn), 2),
}.items():
    EVERY[name] = lambda P, e, run=run: run(Under(P, "h"), real(e["x"]))


@cell
def LayerNorm(P, e):
    return torch.stack([layer_norm(Under(P, "h.2"), h) for h in rnn(Under(P, "h"), real(e["x"]))])


@cell
def StridedConvolution(P, e):
    x = real(e["x"])
    return convolution(Under(P, "c"), x, (0, 0), stride=2)[:e["N"]].sum() * x


@cell
def Hierarchy(P, e):
    low = torch.stack([rnn(Under(P, "h.low"), real(words))[-1] for words in e["z"]])
    return mgu(Under(P, "h.h"), low).sum(1, keepdim=True) * real(e["x"])


@cell
def Embedding(P, e):
    return P["h.E"][torch.tensor(e["w"])] * real(e["x"])


@cell
def AttentionWeights(P, e):
    x = real(e["x"])
    return attended(x @ x.T, x)


@cell
def Attend(P, e):
    x = real(e["x"])
    return attended(rnn(Under(P, "h"), x) @ rnn(Under(P, "h.2"), x).T, x)


EVERY["DotScore"] = Attend


@cell
def AdditiveScore(P, e):
    x, p = real(e["x"]), Under(P, "h.2.a.e")
    keys = rnn(Under(P, "h"), x)
    return attended(torch.tanh((x @ p.Wq.T)[:, None] + (keys @ p.Wk.T)[None]) @ p.v, x)


@cell
def MultiplicativeScore(P, e):
    x = real(e["x"])
    return attended(x @ P["h.2.a.e.W"] @ rnn(Under(P, "h"), x).T, x)


def self_attention(P, e, causal):
    q, k, v = (real(e["x"]) @ P[f"h.{name}"].T for name in "QKV")
    scores = q @ k.T / math.sqrt(q.shape[1])
    return attended(scores + torch.triu(torch.full_like(scores, -math.inf), 1) if causal else scores, v)


EVERY["SelfAttention"] = lambda P, e: self_attention(P, e, False)
EVERY["CausalSelfAttention"] = lambda P, e: self_attention(P, e, True)


@cell
def Encode(P, e):
    return real(e["x"]) * gru(Under(P, "h.h"), real(e["z"]))[-1].sum()


@cell
def Decode(P, e):
    x, context = real(e["x"]), rnn(Under(P, "h.h"), real(e["z"]))[-1]
    inputs = torch.cat([x, context.expand(len(x), -1)], 1)
    return rnn(Under(P, "h.2.s"), inputs, start=torch.tanh(P["h.2.P"] @ context))


@cell
def LogForward(P, e):
    x = real(e["x"])
    return torch.stack([log_partition(x[:t + 1], P["A"], P["s"]) for t in range(len(x))])[:, None] * x


@cell
def HMM(P, e):
    first, steps, symbols = (torch.softmax(P[f"h.{name}"], -1) for name in "sAB")

    def probability(w):
        return sum(first[z[0]] * math.prod([steps[i, j] for i, j in zip(z, z[1:])] + [symbols[i, v] for i, v in zip(z, w)])
                   for z in paths(len(w), len(first)))
    return torch.stack([torch.log(probability(e["w"][:t + 1])) for t in range(len(e["w"]))])[:, None] * real(e["x"])


@cell
def CRF(P, e):
    x, p = real(e["x"]), Under(P, "h")

    def whole(labels):
        return score(labels, x, p.A, p.s) + p.e[labels[-1]]
    return (whole(e["w"]) - torch.log(sum(torch.exp(whole(labels)) for labels in paths(*x.shape)))) * x


def log_sum(ways):
    """What cannot be stands for 0.1, as in the models."""
    return torch.log(sum(map(torch.exp, ways))) if ways else torch.tensor(0.1)


@cell
def CTC(P, e):
    x = real(e["x"])
    p, positions = torch.log_softmax(x, 1), range(len(x))

    def written(symbols):
        return [symbol for symbol, _ in itertools.groupby(symbols) if symbol != 0]
    ways = [symbols for symbols in paths(*x.shape) if written(symbols) == e["w"]]
    return log_sum([p[positions, symbols].sum() for symbols in ways]) * x


@cell
def Transducer(P, e):
    x, z, w = real(e["x"]), real(e["z"]), e["w"]
    p = torch.log_softmax(x[:, None] * torch.cat([torch.ones(1, x.shape[1]), z])[None], 2)

    def way(ends):
        """Position t is left, by a blank, with ends[t] labels out."""
        out = [0, *ends]
        return sum(p[t, ends[t], 0] + sum(p[t, u, w[u]] for u in range(out[t], out[t + 1])) for t in range(len(x)))
    ends = itertools.combinations_with_replacement(range(len(w) + 1), len(x) - 1)
    return log_sum([] if 0 in w else [way([*each, len(w)]) for each in ends]) * x


def judged(case):
    P = {path: real(values).reshape(case["shapes"][path]).requires_grad_() for path, values in case["params"].items()}
    values = [EVERY[case["name"]](P, example) for example in case["examples"]]
    loss = sum(((h - 0.3) ** 2).sum() + 0.5 * torch.sin(h).sum() for h in values) / len(values)
    learned = case["learned"]
    gradient = torch.autograd.grad(loss, [P[path] for path in learned]) if learned else []
    return {"loss": loss.item(), "values": [h.flatten().tolist() for h in values],
            "gradient": {path: each.flatten().tolist() for path, each in zip(learned, gradient)}}


json.dump([judged(case) for case in json.load(sys.stdin)], sys.stdout)
