"""Masks and zoneout in PyTorch, a cell at a time: reads one case as JSON, writes the outputs, the loss and the gradients."""
import json
import sys

import torch
from torch.nn.utils.stateless import functional_call

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

case = json.load(sys.stdin)
P = {path: torch.tensor(values).reshape(case["shapes"][path]).requires_grad_() for path, values in case["params"].items()}
n = P["h.Uf"].shape[0]

cell = torch.nn.LSTMCell(P["h.Wf"].shape[1], n)
# PyTorch's gates stand in the order of input, forget, cell, output.
weights = {
    "weight_ih": torch.cat([P[f"h.W{gate}"] for gate in "ifco"]),
    "weight_hh": torch.cat([P[f"h.U{gate}"] for gate in "ifco"]),
    "bias_ih": torch.cat([P[f"h.b{gate}"] for gate in "ifco"]),
    "bias_hh": torch.zeros(4 * n),
}

state = (torch.zeros(1, n), torch.zeros(1, n))
outputs = []
for x, mask in zip(case["x"], case["m"]):
    new = functional_call(cell, weights, (torch.tensor([x]), state))
    if case["kind"] == "masking":
        # As Keras does: a step that is masked repeats the state and the output before it.
        state = new if mask else state
    else:
        # Krueger and others 2017: each unit keeps its last value where the noise says so.
        keeps = 1 - torch.tensor([mask])
        state = tuple(keeps * last + (1 - keeps) * next for last, next in zip(state, new))
    outputs.append(state[0][0])

loss = sum(torch.sum(h**2) * (t + 1) for t, h in enumerate(outputs))
loss.backward()
json.dump(
    {
        "h": torch.stack(outputs).detach().flatten().tolist(),
        "loss": loss.item(),
        "gradient": {path: p.grad.flatten().tolist() for path, p in P.items()},
    },
    sys.stdout,
)
