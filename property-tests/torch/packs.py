"""Which examples modules that rnnc exported refuse, and with what words: a text for each, and nothing of those they take."""
import json
import sys
import traceback

import torch

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)


def said(model, examples):
    try:
        model.pack(examples)
    except ValueError as reason:
        return str(reason)
    except Exception:
        return traceback.format_exc()
    return None


def judged(case):
    space = {"__name__": case["name"]}
    exec(compile(case["text"], case["name"], "exec"), space)
    model = space[case["name"]]().double()
    return [said(model, examples) for examples in case["given"]]


json.dump([judged(case) for case in json.load(sys.stdin)], sys.stdout)
