"""What modules that `rnnc export --to pytorch` writes give: outputs, loss, gradients, and losses while training.

Reads a list of cases as JSON from standard input, writes a list of results to standard output; a module that fails is told
by its traceback. All numbers are 64-bit.
"""
import json
import math
import sys
import traceback

import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def loaded(text, name):
    space = {"__name__": name}
    exec(compile(text, name, "exec"), space)
    return space[name]


def number(x):
    """JSON has no infinity and nothing that is no number: these are texts."""
    return x if math.isfinite(x) else "NaN" if math.isnan(x) else "Infinity" if x > 0 else "-Infinity"


def rows(tensor):
    return [number(x) for x in tensor.detach().flatten().tolist()]


def keys_of(model):
    """The parameters by rnnc's paths."""
    return {model.PATHS.get(key, key): value for key, value in model.named_parameters()}


def curve_of(model, batch, steps):
    learned = [p for p in model.parameters() if p.requires_grad]
    if not learned:
        return [number(model.loss(batch).item())] * steps
    optimiser = torch.optim.SGD(learned, lr=0.001)
    curve = []
    for _ in range(steps):
        optimiser.zero_grad()
        loss = model.loss(batch)
        loss.backward()
        optimiser.step()
        curve.append(number(loss.item()))
    return curve


def stepped(model, case):
    """How far steps, one after the other, are from the whole of the first example."""
    stream = case["stream"]
    batch = model.pack(case["examples"][:1])
    whole = model(batch)
    state = model.start(batch)
    length = stream["size"]
    if not isinstance(length, int):
        lengths = batch[length]
        if lengths.dim() > 1:
            return 0.0
        length = int(lengths[0])
    apart = 0.0
    for i in range(length):
        inputs = {
            name: values.select(1 + stream["inputs"][name], i) if name in stream["inputs"] else values
            for name, values in batch.items()
            if name in model.VARIABLES
        }
        outputs, state = model.step(state, inputs)
        for name, place in stream["outputs"].items():
            expected = whole[name].select(1 + place, i)
            both = (expected == outputs[name]) | (expected.isnan() & outputs[name].isnan())
            errors = torch.where(both, 0, (expected - outputs[name]).abs()).nan_to_num(1e9)
            apart = max([apart, *errors.flatten().tolist()])
    return apart


def judged(case):
    model = loaded(case["text"], case["name"])().double()
    model.train(False)
    parameters = keys_of(model)
    with torch.no_grad():
        for path, values in case["params"].items():
            parameters[path].copy_(torch.tensor(values, dtype=torch.float64).reshape(case["shapes"][path]))
    batch = model.pack(case["examples"])
    for name, values in case.get("noise", {}).items():
        batch[name] = torch.tensor(values, dtype=torch.float64)
    outputs = model(batch)
    found = {"outputs": {name: rows(value.movedim(0, case["indices"][name])) for name, value in outputs.items()}}
    if case.get("stream") is not None:
        with torch.no_grad():
            found["steps"] = number(stepped(model, case))
    if case["has_loss"]:
        loss = model.loss(batch)
        if loss.requires_grad:
            loss.backward()
        found["loss"] = number(loss.item())
        found["gradient"] = {
            path: rows(torch.zeros_like(p) if p.grad is None else p.grad) for path, p in parameters.items() if p.requires_grad
        }
        if case.get("steps", 0) > 0:
            found["curve"] = curve_of(model, batch, case["steps"])
    return found


def told(case):
    try:
        return judged(case)
    except Exception:
        return {"failure": traceback.format_exc()}


json.dump([told(case) for case in json.load(sys.stdin)], sys.stdout)
