"""What a module that rnnc exported draws, by each of some options: for each target the draws, or the words of its refusal."""
import json
import sys

import torch

question = json.load(sys.stdin)
space = {"__name__": question["name"]}
exec(compile(question["text"], question["name"], "exec"), space)
model = space[question["name"]]().double()
with torch.no_grad():
    for path, values in question["params"].items():
        model.get_parameter(path).copy_(torch.tensor(values, dtype=torch.float64).reshape(model.get_parameter(path).shape))


def drawn(options):
    torch.manual_seed(1)
    try:
        values, _, _ = model.generate(model.start([{} for _ in range(question["count"])]), 1, **options)
    except ValueError as reason:
        return str(reason)
    return {name: value[:, 0].tolist() for name, value in values.items()}


json.dump([drawn(options) for options in question["options"]], sys.stdout)
