/** The weights of an LSTM with its gates below each other: first those with a sigmoid. */
export function lstmParts(params) {
  const stacked = (form) => [..."ifoc"].flatMap((gate) => params[`h.${form}${gate}`]);
  return { W: stacked("W"), U: stacked("U"), b: stacked("b") };
}

export function lstmShapes(k, n) {
  return { W: [4 * n, k], U: [4 * n, n], b: [4 * n] };
}

/** The weights of a gated recurrent unit, likewise; the second bias is `d`. */
export function gruParts(params, path) {
  const stacked = (form) => [..."rzn"].flatMap((gate) => params[`${path}.${form}${gate}`]);
  return Object.fromEntries([..."WUbd"].map((form) => [`${path}.${form}`, stacked(form)]));
}

export function gruShapes(path, k, n) {
  return { [`${path}.W`]: [3 * n, k], [`${path}.U`]: [3 * n, n], [`${path}.b`]: [3 * n], [`${path}.d`]: [3 * n] };
}

/** W4's translation: an encoder `h`, a decoder `s` that attends to it, and their embeddings. */
export const translationShapes = {
  D: [1000, 128],
  E: [1000, 128],
  v: [1, 256],
  Wa: [256, 256],
  Ua: [256, 256],
  O: [1000, 256],
  c: [1000],
  ...gruShapes("h", 128, 256),
  ...gruShapes("s", 384, 256),
};

/** The examples side by side: time first, then the batch. */
export function steps(examples, name) {
  return examples[0][name].map((_, t) => examples.map((example) => example[name][t]));
}
