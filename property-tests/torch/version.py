"""Which PyTorch it is."""
import json
import sys

import torch

json.load(sys.stdin)
json.dump(torch.__version__, sys.stdout)
