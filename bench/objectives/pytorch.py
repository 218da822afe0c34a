"""PyTorch as a peer: the objectives as they stand in objectives.py, eager, in double precision."""
import pathlib
import sys

import torch

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "peers"))
from objectives import outcome, prepared
from serve import serve

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def prepare(task):
    objective, learned = prepared(task)

    def alone():
        with torch.no_grad():
            objective()

    return outcome(objective, learned), {
        "objective": alone,
        "gradient": lambda: torch.autograd.grad(objective(), list(learned.values()), allow_unused=True),
    }


serve(f"PyTorch {torch.__version__}", prepare)
