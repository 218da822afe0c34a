"""The objectives of this folder as plain PyTorch, as somebody writes them who reads ADBench: `P` are parameters by the
paths that the .rnn programs have, and what comes back is what those minimize."""
import math

import torch


def gmm(P, example, D, K, gamma=1, m=0):
    x = torch.tensor(example["x"]).reshape(-1, D)
    terms, prior = [], 0
    for k in range(K):
        Q = torch.tril(P["L"][k], -1) + torch.diag(torch.exp(P["q"][k]))
        y = (x - P["mu"][k]) @ Q.T
        terms.append(P["alpha"][k] + P["q"][k].sum() - 0.5 * (y ** 2).sum(1))
        prior = prior + 0.5 * gamma ** 2 * (Q ** 2).sum() - m * P["q"][k].sum()
    weights = torch.logsumexp(P["alpha"], 0) + 0.5 * D * math.log(2 * math.pi)
    likelihood = torch.logsumexp(torch.stack(terms), 0).sum() - len(x) * weights
    n = D + m + 1
    C = n * D * (math.log(gamma) - 0.5 * math.log(2)) - torch.mvlgamma(torch.tensor(0.5 * n), D)
    return -(likelihood + prior - K * C)


def lstm(P, example, b, L):
    x = torch.tensor(example["x"]).reshape(-1, b)
    states = [(P[f"h0.{l}"], P[f"c0.{l}"]) for l in range(1, L + 1)]
    total = 0
    for t in range(len(x) - 1):
        z = P["v"] * x[t]
        for l, (h, c) in enumerate(states):
            wf, wi, wo, wg, bf, bi, bo, bg = (P[f"z.{l + 1}.{name}"] for name in "wf wi wo wg bf bi bo bg".split())
            f = torch.sigmoid(wf * z + bf)
            i = torch.sigmoid(wi * h + bi)
            o = torch.sigmoid(wo * z + bo)
            c = f * c + i * torch.tanh(wg * h + bg)
            z = o * torch.tanh(c)
            states[l] = z, c
        y = P["w"] * z + P["d"]
        total = total + (x[t + 1] * (y - torch.log(2 + torch.exp(y).sum()))).sum()
    return -total / (b * (len(x) - 1))


def hmm(P, example, n, V):
    P = {path.split(".")[-1]: values for path, values in P.items()}
    first, step, tells = (torch.log_softmax(P[name], -1) for name in "sAB")
    w = example["w"]
    a = first + tells[:, w[0]]
    for symbol in w[1:]:
        a = tells[:, symbol] + torch.logsumexp(a[:, None] + step, 0)
    return -torch.logsumexp(a, 0)


OBJECTIVES = {"gmm": gmm, "lstm": lstm, "hmm": hmm, "hmm-cell": hmm}


def prepared(task):
    """A task's objective as a function of nothing, and its parameters; those that are learned come first."""
    P = {path: torch.tensor(values).reshape(task["shapes"][path]) for path, values in task["params"].items()}
    learned = [path for path in P if path not in task["fixed"]]
    for path in learned:
        P[path].requires_grad_()
    return lambda: OBJECTIVES[task["name"]](P, task["example"], **task["statics"]), {path: P[path] for path in learned}


def outcome(objective, learned):
    value = objective()
    gradient = torch.autograd.grad(value, list(learned.values()), allow_unused=True)
    return {
        "value": value.item(),
        "gradient": {path: ([0.0] * P.numel() if each is None else each.flatten().tolist())
                     for (path, P), each in zip(learned.items(), gradient)},
    }
