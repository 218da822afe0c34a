"""The programs of examples/ with derivatives in their equations, written with torch.autograd.grad(create_graph=True).

Reads a list of cases as JSON from standard input. Writes for each the outputs of each example, the mean loss, its gradient
by every parameter, and the product of its Hessian with a direction.
"""
import json
import sys

import torch
from torch.autograd import grad
from torch.nn.functional import binary_cross_entropy

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def real(values):
    return torch.tensor(values, dtype=torch.float64)


def lstm(P, at, x, h, c):
    f, i, o = (torch.sigmoid(P[f"{at}.W{g}"] @ x + P[f"{at}.U{g}"] @ h + P[f"{at}.b{g}"]) for g in "fio")
    c = f * c + i * torch.tanh(P[at + ".Wc"] @ x + P[at + ".Uc"] @ h + P[at + ".bc"])
    return o * torch.tanh(c), c


def gru(P, at, x, h):
    z = torch.sigmoid(P[at + ".Wz"] @ x + P[at + ".Uz"] @ h + P[at + ".bz"])
    r = torch.sigmoid(P[at + ".Wr"] @ x + P[at + ".Ur"] @ h + P[at + ".br"])
    return (1 - z) * h + z * torch.tanh(P[at + ".Wh"] @ x + P[at + ".Uh"] @ (r * h) + P[at + ".bh"])


def surprise(p, y):
    return binary_cross_entropy(p, real(y), reduction="sum")


def gradient_penalty(P, e):
    x = [real(each).requires_grad_() for each in e["x"]]
    h = c = torch.zeros(P["v"].shape[0])
    for each in x:
        h, c = lstm(P, "h", each, h, c)
    score = P["v"] @ h + P["c"]
    g = torch.stack(grad(score, x, create_graph=True))
    p = torch.sigmoid(score)
    return {"g": g, "p": p}, 0.1 * (g * g).sum() + surprise(p, e["y"])


def hamiltonian(P, e):
    def energy(at, x):
        return P[at + ".v"] @ torch.tanh(P[at + ".A"] @ x + P[at + ".b"]) + 0.25 * (x @ x)

    def force(at, x):
        x = x if x.requires_grad else x.requires_grad_()
        return grad(energy(at, x), x, create_graph=True)[0]

    q, p, qs, ps, energies = real(e["start"]), real(e["push"]), [], [], []
    for _ in e["qs"]:
        p = p - 0.1 * force("potential", q)
        q = q + 0.1 * force("kinetic", p)
        qs, ps, energies = qs + [q], ps + [p], energies + [energy("kinetic", p) + energy("potential", q)]
    qs, ps = torch.stack(qs), torch.stack(ps)
    normal = lambda mean, y: -torch.distributions.Normal(mean, torch.tensor(0.1)).log_prob(real(y)).sum()
    return {"q": qs, "p": ps, "energy": torch.stack(energies)}, normal(qs, e["qs"]) + normal(ps, e["ps"])


def saliency(P, e):
    words = [P["E"][w] for w in e["w"]]
    h = torch.zeros(P["v"].shape[0])
    for each in words:
        h = gru(P, "h", each, h)
    score = P["v"] @ h + P["c"]
    g = grad(score, words, create_graph=True)
    p = torch.sigmoid(score)
    s = torch.stack([(one @ word).abs() for one, word in zip(g, words)])
    return {"saliency": s, "p": p}, surprise(p, e["y"])


EVERY = {"gradient-penalty": gradient_penalty, "hamiltonian": hamiltonian, "saliency": saliency}


def judge(case):
    P = {path: real(values).reshape(case["shapes"][path]).requires_grad_() for path, values in case["params"].items()}
    found = [EVERY[case["name"]](P, example) for example in case["examples"]]
    loss = sum(each for _, each in found) / len(found)
    paths = list(P)
    first = grad(loss, [P[path] for path in paths], create_graph=True, allow_unused=True)
    along = sum((g * real(case["direction"][path]).reshape(g.shape)).sum() for path, g in zip(paths, first) if g is not None)
    second = grad(along, [P[path] for path in paths], allow_unused=True)
    flat = lambda values: {path: [0.0] * P[path].numel() if v is None else v.flatten().tolist() for path, v in zip(paths, values)}
    return {
        "outputs": [{name: value.flatten().tolist() for name, value in outputs.items()} for outputs, _ in found],
        "loss": loss.item(),
        "gradient": flat(first),
        "second": flat(second),
    }


json.dump([judge(case) for case in json.load(sys.stdin)], sys.stdout)
