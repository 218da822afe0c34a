"""Architectures written in PyTorch as their papers state them, one example at a time, beside `architectures/*.rnn`.

Reads a list of cases as JSON from standard input, writes for each the mean loss and the gradient of every parameter.
"""
import json
import math
import sys

import torch
from torch.nn.functional import conv1d, cross_entropy, layer_norm, logsigmoid, softplus

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

EVERY = {}


def architecture(f):
    EVERY[f.__name__.replace("_", "-")] = f
    return f


def real(values):
    return torch.tensor(values, dtype=torch.float64)


def surprise(logits, symbol):
    return cross_entropy(logits[None], torch.tensor([symbol]), reduction="sum")


def gauss(y, mean, deviation):
    return -torch.distributions.Normal(mean, torch.as_tensor(float(deviation))).log_prob(y).sum()


def gru(P, at, x, h):
    z = torch.sigmoid(P[at + ".Wz"] @ x + P[at + ".Uz"] @ h + P[at + ".bz"])
    r = torch.sigmoid(P[at + ".Wr"] @ x + P[at + ".Ur"] @ h + P[at + ".br"])
    return (1 - z) * h + z * torch.tanh(P[at + ".Wh"] @ x + P[at + ".Uh"] @ (r * h) + P[at + ".bh"])


def lstm(P, at, x, h, c):
    f, i, o = (torch.sigmoid(P[f"{at}.W{g}"] @ x + P[f"{at}.U{g}"] @ h + P[f"{at}.b{g}"]) for g in "fio")
    c = f * c + i * torch.tanh(P[at + ".Wc"] @ x + P[at + ".Uc"] @ h + P[at + ".bc"])
    return o * torch.tanh(c), c


@architecture
def chain_crf(P, e):
    u = real(e["x"]) @ P["W"].T
    y, A = e["y"], P["A"]
    a, score = u[0], u[0, y[0]]
    for t in range(1, len(y)):
        a = u[t] + torch.logsumexp(a[:, None] + A, 0)
        score = score + u[t, y[t]] + A[y[t - 1], y[t]]
    return torch.logsumexp(a, 0) - score


@architecture
def pointer_network(P, e):
    x, m = real(e["x"]), real(e["m"])
    n = P["h.bf"].shape[0]
    h = c = torch.zeros(n)
    H = []
    for each in x:
        h, c = lstm(P, "h", each, h, c)
        H.append(h)
    H = torch.stack(H)
    s, c, seen, loss = H[-1], torch.zeros(n), torch.zeros(x.shape[1]), 0
    for row in m:
        s, c = lstm(P, "s", seen, s, c)
        p = torch.log_softmax(torch.tanh(P["Wa"] @ s + H @ P["Ua"].T) @ P["v"], 0)
        loss = loss - (row * p).sum()
        seen = row @ x
    return loss


@architecture
def coverage_attention(P, e):
    h, H = torch.zeros(P["h.bz"].shape[0]), []
    for w in e["x"]:
        h = gru(P, "h", P["D"][w], h)
        H.append(h)
    H = torch.stack(H)
    s, covered, before, loss = torch.zeros(P["s.bz"].shape[0]), torch.zeros(len(H)), 0, 0
    for y in e["y"]:
        a = torch.softmax(torch.tanh(P["Wa"] @ s + H @ P["Ua"].T + covered[:, None] * P["w"]) @ P["v"], 0)
        loss = loss + 0.5 * torch.minimum(a, covered).sum()
        context = a @ H
        s = gru(P, "s", torch.cat([P["E"][before], context]), s)
        loss = loss + surprise(P["O"] @ torch.cat([s, context]), y)
        covered, before = covered + a, y
    return loss


@architecture
def transducer(P, e):
    x, g, y = real(e["x"]), real(e["g"]), e["y"]
    h = torch.tanh((x @ P["A"].T)[:, None] + (g @ P["B"].T)[None])
    scores = torch.log_softmax(torch.cat([h @ P["O"].T, (h @ P["ob"])[..., None]], -1), -1)
    alpha = {}
    for t in range(len(x)):
        for u in range(len(y)):
            ways = [alpha[t - 1, u] + scores[t - 1, u, -1]] if t > 0 else []
            ways += [alpha[t, u - 1] + scores[t, u - 1, y[u - 1]]] if u > 0 else []
            alpha[t, u] = torch.logsumexp(torch.stack(ways), 0) if ways else torch.tensor(0.0)
    last = len(x) - 1, len(y) - 1
    return -(alpha[last] + scores[last][-1])


@architecture
def kalman_filter(P, e):
    F, H, r = P["F"], P["H"], torch.exp(P["r"])
    Q = P["Q.I"] * torch.exp(P["q"])[:, None]
    m, V = P["m0"], P["P.I"]
    loss = 0
    for x in e["x"]:
        m, V = F @ m, F @ V @ F.T + Q
        S = H @ V @ H + r
        error = x - H @ m
        K = V @ H / S
        m, V = m + K * error, V - torch.outer(K, H @ V)
        loss = loss + 0.5 * (torch.log(S) + error ** 2 / S)
    return loss


@architecture
def neural_turing_machine(P, e):
    h, r = torch.zeros(P["W"].shape[0]), torch.zeros(P["M0"].shape[0])
    M = P["M0"].repeat(4, 1)
    w = real([1, 0, 0, 0])
    loss = 0
    for x, v in zip(real(e["x"]), real(e["v"])):
        h = torch.tanh(P["U"] @ x + P["W"] @ h + P["R"] @ r)
        key = torch.tanh(P["ky"] @ h)
        likeness = M @ key / torch.sqrt(1 + key @ key) / torch.sqrt(1 + (M * M).sum(1))
        c = torch.softmax(softplus(P["by"] @ h) * likeness, 0)
        g = torch.sigmoid(P["gy"] @ h)
        i = g * c + (1 - g) * w
        s = torch.softmax(P["sy"] @ h, 0)
        turned = s[0] * i.roll(1) + s[1] * i + s[2] * i.roll(-1)
        power = (turned + 1e-6) ** (1 + softplus(P["cy"] @ h))
        w = power / power.sum()
        M = M * (1 - torch.outer(w, torch.sigmoid(P["ey"] @ h))) + torch.outer(w, torch.tanh(P["ay"] @ h))
        r = w @ M
        loss = loss + gauss(v, (P["Y"].flatten() @ torch.cat([h, r])), 1)
    return loss


@architecture
def clockwork(P, e):
    h, loss = torch.zeros(P["W"].shape[0]), 0
    for x, m, y in zip(real(e["x"]), real(e["m"]), real(e["y"])):
        h = m * torch.tanh(P["U"] @ x + P["W"] @ h + P["b"]) + (1 - m) * h
        loss = loss + gauss(y, P["V"] @ h, 1)
    return loss


@architecture
def coupled_oscillators(P, e):
    h = z = torch.zeros(P["W"].shape[0])
    for x in real(e["x"]):
        z = z + 0.1 * (torch.tanh(P["W"] @ h + P["Wz"] @ z + P["V"] @ x + P["b"]) - 1.5 * h - 0.7 * z)
        h = h + 0.1 * z
    return ((P["O"] @ h - x) ** 2).sum()


@architecture
def mogrifier_lstm(P, e):
    h = c = torch.zeros(P["Uf"].shape[0])
    loss = 0
    for x, y in zip(real(e["x"]), e["y"]):
        x = 2 * torch.sigmoid(P["Q1"] @ h) * x
        h = 2 * torch.sigmoid(P["R2"] @ x) * h
        x = 2 * torch.sigmoid(P["Q3"] @ h) * x
        f, i, o = (torch.sigmoid(P["W" + g] @ x + P["U" + g] @ h) for g in "fio")
        c = f * c + i * torch.tanh(P["Wc"] @ x + P["Uc"] @ h)
        h = o * torch.tanh(c)
        loss = loss + surprise(P["O"] @ h, y)
    return loss


@architecture
def recurrent_highway(P, e):
    layers = ["s.1", "s.2", "s.3"]
    s, loss = torch.zeros(P["U"].shape[0]), 0
    for x in real(e["x"]):
        for depth, at in enumerate(layers):
            g = torch.sigmoid((P["V"] @ x if depth == 0 else 0) + P[at + ".Q"] @ s + P[at + ".c"])
            s = torch.tanh((P["U"] @ x if depth == 0 else 0) + P[at + ".R"] @ s + P[at + ".b"]) * g + s * (1 - g)
        loss = loss + ((s - x.mean()) ** 2).sum()
    return loss


@architecture
def multiplicative_lstm(P, e):
    h = c = torch.zeros(P["Uf"].shape[0])
    loss, before = 0, 2
    for y in e["y"]:
        x = P["E"][before]
        m = (P["Wm"] @ x) * (P["Um"] @ h)
        f = torch.sigmoid(P["Wf"] @ x + P["Uf"] @ m + 1)
        i, o = (torch.sigmoid(P["W" + g] @ x + P["U" + g] @ m) for g in "io")
        c = f * c + i * torch.tanh(P["Wc"] @ x + P["Uc"] @ m)
        h = torch.tanh(c) * o
        loss, before = loss + surprise(P["O"] @ h, y), y
    return loss


@architecture
def multidimensional_rnn(P, e):
    x = real(e["x"])
    rows, columns = x.shape[:2]
    zero = torch.zeros(P["P"].shape[0])
    h, g = {}, {}
    for a in range(rows):
        for b in range(columns):
            h[a, b] = torch.tanh(P["U"] @ x[a, b] + P["P"] @ h.get((a - 1, b), zero) + P["Q"] @ h.get((a, b - 1), zero) + P["c"])
    for a in reversed(range(rows)):
        for b in reversed(range(columns)):
            g[a, b] = torch.tanh(P["V"] @ x[a, b] + P["R"] @ g.get((a + 1, b), zero) + P["S"] @ g.get((a, b + 1), zero) + P["d"])
    mean = sum((h[at] @ g[at]) ** 2 for at in h) / (rows * columns)
    return mean + (h[rows - 1, columns - 1] ** 2).sum() + (g[0, 0] ** 2).sum()


@architecture
def delta_net(P, e):
    S, loss = torch.zeros(P["V"].shape[0], P["Q"].shape[0]), 0
    for x in real(e["x"]):
        q, k, v = torch.softmax(P["Q"] @ x, 0), torch.softmax(P["K"] @ x, 0), P["V"] @ x
        S = S + torch.sigmoid(P["b"] @ x) * torch.outer(v - S @ k, k)
        loss = loss + ((S @ q - 1) ** 2).sum()
    return loss


@architecture
def matrix_lstm(P, e):
    d = P["Q"].shape[0]
    C, n, m, loss = torch.zeros(d, d), torch.zeros(d), torch.tensor(0.0), 0
    for x in real(e["x"]):
        q, k, v = P["Q"] @ x, P["K"] @ x / math.sqrt(d), P["V"] @ x
        i, f = P["wi"] @ x, logsigmoid(P["wf"] @ x)
        new = torch.maximum(f + m, i)
        # The papers' stabiliser enters max(|n q|, 1) and is taken for a constant, as it is in the program.
        new = new.detach()
        C = torch.exp(f + m - new) * C + torch.exp(i - new) * torch.outer(v, k)
        n = torch.exp(f + m - new) * n + torch.exp(i - new) * k
        m = new
        h = torch.sigmoid(P["O"] @ x) * (C @ q) / torch.clamp(torch.abs(n @ q), min=1)
        loss = loss + h.sum() + (h * h).sum()
    return loss


@architecture
def selective_state_space(P, e):
    k, N = P["A"].shape
    h, loss = torch.zeros(k, N), 0
    for x in real(e["x"]):
        delta = softplus(P["Wd"] @ x + P["bd"])
        h = torch.exp(-delta[:, None] * torch.exp(P["A"])) * h + torch.outer(delta * x, P["WB"] @ x)
        y = h @ (P["WC"] @ x) + P["D"] * x
        loss = loss + ((y - 0.5) ** 2).sum()
    return loss / len(e["x"])


@architecture
def temporal_convolution(P, e):
    x = real(e["x"]).T[None]
    kernel = torch.stack([P["A2"], P["A1"], P["A0"]], -1)
    u = torch.relu(conv1d(torch.nn.functional.pad(x, (2, 0)), kernel, P["a"]))
    kernel = torch.stack([P["B1"], P["B0"]], -1)
    v = torch.relu(conv1d(torch.nn.functional.pad(u, (4, 0)), kernel, P["b"], dilation=4))
    v = v + conv1d(x, P["P"][..., None])
    return gauss(real(e["y"]), (conv1d(v, P["V"][..., None]))[0].T, 0.5)


@architecture
def quasi_recurrent(P, e):
    before, c, loss = torch.zeros(P["Z"].shape[1]), torch.zeros(P["Z"].shape[0]), 0
    for x in real(e["x"]):
        g = torch.tanh(P["Z"] @ x + P["Zp"] @ before)
        f = torch.sigmoid(P["F"] @ x + P["Fp"] @ before)
        o = torch.sigmoid(P["O"] @ x + P["Op"] @ before)
        c = f * c + (1 - f) * g
        h = o * c
        loss, before = loss + (h * h).sum(), x
    return loss + h.sum()


@architecture
def memory_network(P, e):
    m = torch.stack([sum((P["A"][w] for w in fact), torch.zeros(3)) for fact in e["x"]])
    c = torch.stack([sum((P["C"][w] for w in fact), torch.zeros(3)) for fact in e["x"]])
    u = sum((P["B"][w] for w in e["r"]), torch.zeros(3))
    for _ in range(3):
        u = P["H"] @ u + torch.softmax(m @ u, 0) @ c
    return surprise(P["O"] @ u, e["y"])


@architecture
def transformer_block(P, e):
    x = P["E"][e["w"]]
    T, n = x.shape
    u = layer_norm(x, [n], P["n1.g"], P["n1.b"])
    mask = torch.full((T, T), float("-inf")).triu(1)
    heads = []
    for head in ["h1", "h2"]:
        q, k, v = (u @ P[f"{head}.{name}"].T for name in "QKV")
        heads.append(torch.softmax(q @ k.T / math.sqrt(2) + mask, 1) @ v)
    z = x + torch.cat(heads, 1) @ P["O"].T
    inner = layer_norm(z, [n], P["n2.g"], P["n2.b"]) @ P["W1"].T + P["b1"]
    bent = 0.5 * inner * (1 + torch.tanh(math.sqrt(2 / math.pi) * (inner + 0.044715 * inner ** 3)))
    v = z + bent @ P["W2"].T + P["b2"]
    return cross_entropy(v @ P["S"].T, torch.tensor(e["y"]), reduction="sum")


@architecture
def independent_rnn(P, e):
    g = h = torch.zeros(P["g.u"].shape[0])
    for x in real(e["x"]):
        g = torch.relu(P["g.W"] @ x + P["g.u"] * g + P["g.b"])
        h = torch.relu(P["h.W"] @ g + P["h.u"] * h + P["h.b"])
    o = P["v"].flatten() @ h
    return softplus(o) - e["y"] * o


@architecture
def connectionist_temporal_classification(P, e):
    scores = torch.log_softmax(real(e["x"]) @ P["W"].T, 1)
    labels, skip = e["l"], e["skip"]
    alpha = {}
    for t in range(len(scores)):
        for s in range(len(labels)):
            ways = [alpha[t - 1, before] for before in range(max(0, s - 1), s + 1)] if t > 0 else [torch.tensor(0.0)] if s < 2 else []
            if t > 0 and s > 1 and skip[s] > 0.5:
                ways.append(alpha[t - 1, s - 2])
            total = torch.logsumexp(torch.stack(ways), 0) if ways else torch.tensor(-1e4)
            alpha[t, s] = scores[t, labels[s]] + total
    last = [alpha[len(scores) - 1, s] for s in range(max(0, len(labels) - 2), len(labels))]
    return -torch.logsumexp(torch.stack(last), 0)


@architecture
def gaussian_hmm(P, e):
    k = P["mu"].shape[1]
    steps, a = torch.log_softmax(P["A"], 1), torch.log_softmax(P["s"], 0)
    for t, x in enumerate(real(e["x"])):
        emission = -0.5 * ((x - P["mu"]) ** 2).sum(1) / torch.exp(P["v"]) - 0.5 * k * P["v"]
        a = emission + (a if t == 0 else torch.logsumexp(a[:, None] + steps, 0))
    return -torch.logsumexp(a, 0)


@architecture
def liquid_time_constant(P, e):
    h, loss = torch.zeros(P["W"].shape[0]), 0
    for x, y in zip(real(e["x"]), real(e["y"])):
        for _ in range(4):
            f = torch.sigmoid(P["W"] @ h + P["U"] @ x + P["b"])
            h = (h + 0.25 * f * P["A"]) / (1 + 0.25 * (1 / (0.1 + P["tau"] ** 2) + f))
        loss = loss + gauss(y, h, 1)
    return loss


@architecture
def stack_rnn(P, e):
    h, stack, before, loss = torch.zeros(P["W"].shape[0]), torch.zeros(5), 0, 0
    for y in e["y"]:
        h = torch.tanh(P["E"][before] + P["W"] @ h + P["P"] @ stack[:2])
        push, pop, keep = torch.softmax(P["A"] @ h, 0)
        pushed = torch.cat([torch.sigmoid(P["D"] @ h)[None], stack[:-1]])
        popped = torch.cat([stack[1:], torch.zeros(1)])
        stack = push * pushed + pop * popped + keep * stack
        loss, before = loss + surprise(P["O"] @ h, y), y
    return loss


@architecture
def gru_with_decay(P, e):
    k = P["gx"].shape[0]
    last, h = torch.zeros(k), torch.zeros(P["Uz"].shape[0])
    for x, m, d in zip(real(e["x"]), real(e["m"]), real(e["d"])):
        decay = torch.exp(-torch.relu(P["gx"] * d))
        given = m * x + (1 - m) * (decay * last + (1 - decay) * P["mean0"])
        last = m * x + (1 - m) * last
        h = torch.exp(-torch.relu(P["Gh"] @ d)) * h
        z = torch.sigmoid(P["Wz"] @ given + P["Uz"] @ h + P["Vz"] @ m)
        r = torch.sigmoid(P["Wr"] @ given + P["Ur"] @ h + P["Vr"] @ m)
        h = (1 - z) * h + z * torch.tanh(P["Wh"] @ given + P["Uh"] @ (r * h) + P["Vh"] @ m)
    o = P["v"].flatten() @ h
    return softplus(o) - e["y"] * o


def judged(case):
    P = {path: real(values).reshape(case["shapes"][path]).requires_grad_() for path, values in case["params"].items()}
    examples = case["examples"]
    loss = sum(EVERY[case["name"]](P, example) for example in examples) / len(examples)
    gradient = torch.autograd.grad(loss, list(P.values()), allow_unused=True)
    return {"loss": loss.item(), "gradient": {
        path: (torch.zeros_like(P[path]) if each is None else each).flatten().tolist() for path, each in zip(P, gradient)}}


json.dump([judged(case) for case in json.load(sys.stdin)], sys.stdout)
