import { type Fault, faultsOf } from "./fault.ts";

const sums = faultsOf("export/pytorch/sums.ts");
const moves = faultsOf("export/pytorch/moves.ts");
const absorption = faultsOf("export/pytorch/absorption.ts");
const texts = faultsOf("export/pytorch/text.ts");
const standing = faultsOf("export/pytorch/standing.py");
const drawing = faultsOf("export/pytorch/drawing.py");
const ranges = faultsOf("circuit/ranges/ranges.ts");
const trainer = faultsOf("export/pytorch/train.py");
const beside = faultsOf("cli/beside-module.ts");

/** What goes to PyTorch, and comes back. */
export const pytorchFaults: ReadonlyArray<Fault> = [
  sums("in PyTorch a sum takes padding in", "isClean(s, operand, over) ? laid", "isClean(s, operand, []) ? laid"),
  moves(
    "in PyTorch an example's last position reads one that is not there",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what is replaced is the text of a template.
    '"sum")} - ${-by}`',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what is replaced is the text of a template.
    '"sum")} - ${-by - 1}`',
  ),
  absorption(
    "in PyTorch zero times what is infinite is no number in a gradient",
    "return guard.absorbs || guard.singular !== undefined;",
    "return false;",
  ),
  texts("a quotation mark ends a string of Python", "if (sign === '\"' || sign ===", "if (sign ==="),
  standing(
    "PyTorch reads weights from where the header begins",
    "tensor_in(data[start:], entry)",
    "tensor_in(data[8:], entry)",
  ),
  standing(
    "PyTorch takes what stands after the symbol that ends a sequence",
    "elif i > 0 and plain(items[i - 1]) == symbol:",
    "elif i > 1 and plain(items[i - 1]) == symbol:",
  ),
  standing(
    "PyTorch takes truths for numbers",
    "if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value:",
    "if not isinstance(value, (int, float)) or value != value:",
  ),
  drawing(
    "PyTorch multiplies deviations by the temperature",
    "deviation * temperature**0.5",
    "deviation * temperature",
  ),
  ranges(
    "a magnitude may be less than nothing",
    "least: Math.max(0, least, -greatest)",
    "least: Math.min(least, -greatest)",
  ),
  trainer(
    "shares of a batch on many machines count the same, whatever is observed in them",
    "(count or 1.0) / (all_counts or 1.0)",
    "1.0",
  ),
  trainer("noise goes by the place in a machine's share", "{seed} {i} {name}", "{seed} {b} {name}"),
  trainer("a checkpoint forgets the optimiser's memory", 'memory.copy_(tensors[f"memory {i} {path}"])', "pass"),
  trainer(
    "train.py takes the files of another for its own",
    'if there and "checkpoint.safetensors" not in there:',
    "if False:",
  ),
  trainer(
    "--fresh leaves the best weights of the training before",
    'for name in ("best.safetensors", "weights.safetensors",',
    'for name in ("weights.safetensors",',
  ),
  beside("weights that were changed are an export's", "[mark] === digestOf(weights.right)", "[mark] !== undefined"),
  trainer("the log keeps steps that are taken anew", 'if told["step"] > step:', 'if told["step"] > 100 * step:'),
];
