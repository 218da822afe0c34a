"""Checks every model of ONNX in a folder, shapes and types of all values with it, and prints how many there are."""
import pathlib
import sys

import onnx

files = sorted(pathlib.Path(sys.argv[1]).glob("*.onnx"))
for path in files:
    model = onnx.load(str(path))
    try:
        onnx.checker.check_model(model, full_check=True)
    except Exception as problem:
        sys.exit(f"{path.name}: {problem}")
    assert model.ir_version == 8 and [each.version for each in model.opset_import] == [17], path.name
print(len(files))
