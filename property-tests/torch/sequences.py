"""Losses over sequences and convolutions by PyTorch's own functions, a padded batch at a time; the transducer, which it
lacks, over all ways one by one. Reads cases as JSON, writes for each the loss, of every example what the model gives, and
the gradient of every parameter."""
import itertools
import json
import sys

import torch
from torch.nn import functional as F
from torch.nn.utils.rnn import pad_sequence

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def real(values, width):
    return torch.tensor(values, dtype=torch.float64).reshape(len(values), width)


def inputs(case, name, width):
    return [real(each[name], width) for each in case["examples"]]


def ctc(case, P):
    x = inputs(case, "x", P["W"].shape[1])
    scores = pad_sequence(x) @ P["W"].T
    labels = pad_sequence([torch.tensor(each["y"], dtype=torch.long) for each in case["examples"]], batch_first=True)
    lengths = [torch.tensor([len(each[name]) for each in case["examples"]]) for name in "xy"]
    return F.ctc_loss(torch.log_softmax(scores, 2), labels, *lengths, reduction="none", zero_infinity=case["skips"])


def transducer(case, P):
    def loss(x, g, y):
        states = torch.cat([P["g0"][None], g])
        p = torch.log_softmax(torch.tanh((x @ P["A"].T)[:, None] + states[None]) @ P["O"].T, 2)
        ways = []
        # Of T + U steps, all but the last in any order, those that emit a label.
        for emitting in itertools.combinations(range(len(x) + len(y) - 1), len(y)):
            t, u, score = 0, 0, 0
            for step in range(len(x) + len(y)):
                if step in emitting:
                    score, u = score + p[t, u, y[u]], u + 1
                else:
                    score, t = score + p[t, u, 0], t + 1
            ways.append(score)
        return -torch.logsumexp(torch.stack(ways), 0)
    x, g = inputs(case, "x", P["A"].shape[1]), inputs(case, "g", len(P["g0"]))
    return torch.stack([loss(*each) for each in zip(x, g, [e["y"] for e in case["examples"]])])


def convolution(case, P):
    W = P["c.W"].permute(1, 2, 0)

    def loss(x):
        seen = F.pad(x.T[None], case["pad"])
        y = F.conv1d(seen, W, P["c.b"], stride=case["stride"], dilation=case["dilation"])[0].T
        return (torch.arange(1.0, len(y) + 1)[:, None] * torch.sin(y)).sum()
    return torch.stack([loss(x) for x in inputs(case, "x", W.shape[1])])


def judged(case):
    P = {path: torch.tensor(values).reshape(case["shapes"][path]).requires_grad_() for path, values in case["params"].items()}
    losses = {"ctc": ctc, "transducer": transducer, "convolution": convolution}[case["kind"]](case, P)
    gradient = torch.autograd.grad(losses.mean(), list(P.values()), allow_unused=True)
    return {"losses": [None if each == float("inf") else each for each in losses.tolist()],
            "gradient": {path: [0.0] * len(case["params"][path]) if each is None else each.flatten().tolist()
                         for path, each in zip(P, gradient)}}


json.dump([judged(case) for case in json.load(sys.stdin)], sys.stdout)
