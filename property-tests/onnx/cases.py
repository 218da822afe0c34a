"""
The recurrent cases of ONNX's backend tests, as JSON: attributes, inputs and outputs by name, and a model whose weights are
given in it.
"""
import base64
import importlib
import json
import sys

import onnx.helper
import onnx.numpy_helper

found = []


def collect(node, inputs, outputs, name, **_):
    given = dict(zip([each for each in node.input if each], inputs))
    made = dict(zip([each for each in node.output if each], outputs))
    weights = [onnx.numpy_helper.from_array(given[key], key) for key in ["W", "R", "B", "P"] if key in given]
    values = [onnx.helper.make_tensor_value_info(key, onnx.TensorProto.FLOAT, None) for key in node.input
              if key and key not in ["W", "R", "B", "P"]]
    results = [onnx.helper.make_tensor_value_info(key, onnx.TensorProto.FLOAT, None) for key in node.output if key]
    model = onnx.helper.make_model(onnx.helper.make_graph([node], "case", values, results, weights))
    found.append({
        "model": base64.b64encode(model.SerializeToString()).decode(),
        "name": name,
        "op": node.op_type,
        "attributes": {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute},
        "inputs": {key: value.tolist() for key, value in given.items()},
        "outputs": {key: value.tolist() for key, value in made.items()},
    })


for kind, op in [("rnn", "RNN"), ("lstm", "LSTM"), ("gru", "GRU")]:
    module = importlib.import_module("onnx.backend.test.case.node." + kind)
    module.expect = collect
    cases = getattr(module, op)
    for export in sorted(name for name in dir(cases) if name.startswith("export")):
        getattr(cases, export)()

json.dump(found, sys.stdout, default=str)
