import { type Fault, faultsOf } from "./fault.ts";

const sample = faultsOf("data/served/sample.ts");
const served = faultsOf("data/served/served.ts");
const params = faultsOf("data/served/params.ts");
const blocks = faultsOf("weights/dialects/blocks.ts");
const keras = faultsOf("weights/dialects/keras.ts");
const pytorch = faultsOf("weights/dialects/pytorch.ts");
const assigned = faultsOf("weights/dialects/assign.ts");
const translated = faultsOf("weights/dialects/translate.ts");
const written = faultsOf("weights/dialects/written.ts");

/** What is handed out of a run, and weights that come from elsewhere. */
export const handingFaults: ReadonlyArray<Fault> = [
  sample("of a longer series the first window is read", "window === undefined ? 0 : length - window", "0"),
  served("several drawings are one", "options.several !== undefined));", "false));"),
  params("weights of one precision are read as of the other", 'precision === "f32"', 'precision !== "f32"'),
  blocks("two biases are one", "return row * across + gate * rows + i;", "return gate * rows + i;"),
  blocks(
    "matrices of Keras are not transposed",
    ": j * across + gate * rows + i;",
    ": (gate * rows + i) * columns + j;",
  ),
  keras("the update gate of Keras has no opposite sign", "{ gate: 0, sign: -1 }", "{ gate: 0 }"),
  pytorch("the second bias of PyTorch is lost", '  { tensor: "bias_hh", gate },\n];', "];"),
  pytorch("gates of PyTorch are in another order", '["i", "f", "c", "o"]', '["f", "i", "c", "o"]'),
  assigned(
    "forward cells take backward layers",
    "layers.filter((layer) => layer.isBackward === isBackward)",
    "layers.filter((layer) => layer.isBackward !== isBackward)",
  ),
  translated("a sign is lost", "const sign = part.sign ?? 1;", "const sign = 1;"),
  written("layers upon each other are one", "counts.set(key, level + 1);", "counts.set(key, level);"),
];
