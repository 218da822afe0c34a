"""The objectives of bench/objectives by the PyTorch that stands there: reads tasks as JSON, writes outcomes."""
import json
import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "bench" / "objectives"))
from objectives import outcome, prepared

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
json.dump([outcome(*prepared(task)) for task in json.load(sys.stdin)], sys.stdout)
