"""Recurrent layers of PyTorch with weights of their own: writes each as a file in .safetensors, by hand, and answers with
what it makes of the inputs.
"""
import json
import struct
import sys

import torch

torch.set_num_threads(1)
TYPES = {torch.float32: "F32", torch.float64: "F64"}


def write(path, tensors):
    header, body = {}, b""
    for name, tensor in tensors.items():
        data = tensor.detach().contiguous().numpy().tobytes()
        header[name] = {"dtype": TYPES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [len(body), len(body) + len(data)]}
        body += data
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + body)


class Model(torch.nn.Module):
    def __init__(self, module, options, k, n, m):
        super().__init__()
        self.encoder = getattr(torch.nn, module)(k, n, batch_first=True, **options)
        self.head = torch.nn.Linear(n * (2 if options.get("bidirectional") else 1) if "proj_size" not in options else options["proj_size"], m)

    def forward(self, x):
        return self.head(self.encoder(x)[0])


def answer(case, i):
    torch.manual_seed(i)
    dtype = getattr(torch, case["dtype"])
    model = Model(case["module"], case["options"], case["k"], case["n"], case["m"]).to(dtype)
    for parameter in model.parameters():
        torch.nn.init.uniform_(parameter, -0.8, 0.8)
    write(case["path"], model.state_dict())
    return model(torch.tensor([case["x"]], dtype=dtype))[0].tolist()


print(json.dumps([answer(case, i) for i, case in enumerate(json.load(sys.stdin))]))
