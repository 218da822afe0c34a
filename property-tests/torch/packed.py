"""What a module that rnnc exported makes of examples where it is in double precision."""
import json
import runpy
import sys

question = json.load(sys.stdin)
model = runpy.run_path(question["module"])[question["name"]]().double()
json.dump(model.pack(question["examples"])["x"].tolist(), sys.stdout)
