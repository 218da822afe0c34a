"""What a module that rnnc exported says of weights that it cannot read."""
import json
import runpy
import sys

question = json.load(sys.stdin)
try:
    runpy.run_path(question["module"])[question["name"]]().load(question["weights"])
    said = "nothing"
except Exception as reason:
    said = f"{type(reason).__name__} {reason}"
json.dump(said, sys.stdout)
