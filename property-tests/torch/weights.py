"""Reads weights into a module that `rnnc export RUN --to pytorch` wrote, tells what it gives, and writes them again, as they are and doubled."""
import json
import runpy
import sys

import torch

question = json.load(sys.stdin)
space = runpy.run_path(question["module"])
model = space[question["name"]]()
model.load(question["weights"])
model.eval()
outputs = {name: value.flatten().tolist() for name, value in model(model.pack(question["examples"])).items()}
model.save(question["same"])
try:
    loss = model.loss(model.pack(question["examples"])).item()
except ValueError as reason:
    loss = str(reason)
drawn = None
if hasattr(model, "generate"):
    torch.manual_seed(1)
    values, lengths, _ = model.generate(model.start([{} for _ in range(2000)]), 3)
    drawn = {name: value.tolist() for name, value in values.items()}
with torch.no_grad():
    for parameter in model.parameters():
        parameter.mul_(2)
model.save(question["doubled"])
json.dump({"outputs": outputs, "loss": loss, "drawn": drawn}, sys.stdout)
