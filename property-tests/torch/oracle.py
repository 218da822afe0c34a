"""What PyTorch gives for each case: the loss, the gradient of every parameter, and the losses of 100 training steps.

Reads a list of cases as JSON from standard input, writes a list of results to standard output. Parameters go by the
paths of the compiled module; all numbers are 64-bit.
"""
import json
import sys

import torch
from torch import nn
from torch.nn.functional import cross_entropy, embedding
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def cat(P, path, names):
    return torch.cat([P[f"{path}.{name}"] for name in names])


# For each cell: the module, and torch's four weights from those of rnnc.
CELLS = {
    "RNN": (nn.RNN, {}, lambda P, p: (P[p + ".U"], P[p + ".W"], P[p + ".b"], None)),
    "RNN relu": (nn.RNN, {"nonlinearity": "relu"}, lambda P, p: (P[p + ".U"], P[p + ".W"], P[p + ".b"], None)),
    "LSTM": (nn.LSTM, {}, lambda P, p: (
        cat(P, p, ["Wi", "Wf", "Wc", "Wo"]), cat(P, p, ["Ui", "Uf", "Uc", "Uo"]), cat(P, p, ["bi", "bf", "bc", "bo"]), None)),
    "GRU": (nn.GRU, {}, lambda P, p: (
        cat(P, p, ["Wr", "Wz", "Wh"]), cat(P, p, ["Ur", "Uz", "Uh"]), cat(P, p, ["br", "bz", "bh"]), cat(P, p, ["cr", "cz", "ch"]))),
}


def recurrent(case, P, x):
    """`layers` lists the paths of each layer, two for one that runs both ways."""
    make, options, weights = CELLS[case["cell"]]
    layers = case["layers"]
    projection = P.get(layers[0][0] + ".Wp")
    if projection is not None:
        options = {**options, "proj_size": projection.shape[0]}
    state = {}
    for layer, paths in enumerate(layers):
        for path, end in zip(paths, ["", "_reverse"]):
            ih, hh, b, c = weights(P, path)
            state.update({f"weight_ih_l{layer}{end}": ih, f"weight_hh_l{layer}{end}": hh,
                          f"bias_ih_l{layer}{end}": b, f"bias_hh_l{layer}{end}": torch.zeros_like(b) if c is None else c})
            if projection is not None:
                state[f"weight_hr_l{layer}{end}"] = P[path + ".Wp"]
    n = P[layers[0][0] + (".Ui" if case["cell"] == "LSTM" else ".Uz" if case["cell"] == "GRU" else ".W")].shape[0]
    module = make(x[0].shape[1], n, num_layers=len(layers), bidirectional=len(layers[0]) == 2, batch_first=True, **options)
    lengths = torch.tensor([len(each) for each in x])
    packed = pack_padded_sequence(pad_sequence(x, batch_first=True), lengths, batch_first=True, enforce_sorted=False)
    # The module keeps its weights in a list of its own, which parameters put in their place would not reach.
    module._flat_weights = [state[name] for name in module._flat_weights_names]
    h, _ = pad_packed_sequence(module(packed)[0], batch_first=True)
    return h


def tagging(case, P):
    examples = case["examples"]
    if "w" in examples[0]:
        x = [embedding(torch.tensor(each["w"]), P["E"]) for each in examples]
    else:
        x = [torch.tensor(each["x"], dtype=torch.float64) for each in examples]
    o = recurrent(case, P, x) @ P["O"].T + P["c"]
    return sum(cross_entropy(o[i, : len(each["y"])], torch.tensor(each["y"]), reduction="sum")
               for i, each in enumerate(examples)) / len(examples)


def gru_step(P, path, x, h):
    """The standard library's GRU: the reset gate acts before the matrix."""
    def gate(name, state):
        return P[f"{path}.W{name}"] @ x + P[f"{path}.U{name}"] @ state + P[f"{path}.b{name}"]
    z, r = torch.sigmoid(gate("z", h)), torch.sigmoid(gate("r", h))
    return (1 - z) * h + z * torch.tanh(gate("h", r * h))


def attention(case, P):
    total = 0
    for example in case["examples"]:
        h, states = torch.zeros(P["h.Uz"].shape[0]), []
        for word in example["x"]:
            h = gru_step(P, "h", P["D"][word], h)
            states.append(h)
        H = torch.stack(states)
        s, before = torch.tanh(P["Ws"] @ H[0]), 0
        for word in example["y"]:
            a = torch.softmax(torch.tanh(P["Wa"] @ s + H @ P["Ua"].T) @ P["v"], 0)
            c = a @ H
            s = gru_step(P, "s", torch.cat([P["E"][before], c]), s)
            total = total - torch.log_softmax(P["O"] @ torch.cat([s, c]), 0)[word]
            before = word
    return total / len(case["examples"])


def judged(case):
    P = {path: torch.tensor(values).reshape(case["shapes"][path]).requires_grad_() for path, values in case["params"].items()}
    loss_of = attention if case["cell"] == "attention" else tagging
    curve, first = [], None
    for _ in range(100):
        loss = loss_of(case, P)
        gradient = torch.autograd.grad(loss, list(P.values()))
        curve.append(loss.item())
        first = first or [each.flatten().tolist() for each in gradient]
        P = {path: (p - 0.1 * g).detach().requires_grad_() for (path, p), g in zip(P.items(), gradient)}
    return {"loss": curve[0], "gradient": dict(zip(case["params"], first)), "curve": curve}


json.dump([judged(case) for case in json.load(sys.stdin)], sys.stdout)
