import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { once } from "../../src/once.ts";
import { loadRun } from "../../src/train/index.ts";
import { decodeSafetensors } from "../../src/weights/decode.ts";
import { cellsOf, optionsOf } from "../../src/weights/dialects/cells.ts";
import { dialectNamed } from "../../src/weights/dialects/dialects.ts";
import { translated } from "../../src/weights/dialects/translate.ts";
import { writtenAs } from "../../src/weights/dialects/written.ts";
import { encodeSafetensors, type Tensor, tensorOf } from "../../src/weights/safetensors.ts";
import { filesIn, fileWith, newFolder, rnnc } from "../cli/run-rnnc.ts";
import { compiledProgram } from "../property/programs.ts";

const program = (
  ...lines: ReadonlyArray<string>
): string => `import LSTM, GRU, GRUResetAfter, RNN, PeepholeLSTM, Bi from "std"
cell Own(n)(x[t]) -> h[t] {
  param W, U
  param b = 0
  h[0] = 0
  h[t] : R[n] = tanh(W h[t-1] + U x[t] + b)
}
cell squashed(a) = a / (1 + abs(a))
model M(k = 2, n = 3) {
  axis t in 1..T
  input x[t] : R[k]
  param D : R[n]
  ${lines.join("\n  ")}
  y[t] ~ normal(D^T h[t], 1)
}`;

const data = fileWith("d.jsonl", '{"x": [[1, 2], [3, 4]], "y": [1, 2]}\n'.repeat(4));

const trained = async (...lines: ReadonlyArray<string>): Promise<string> => {
  const folder = join(newFolder(), "run");
  const { code, err } = await rnnc("train", fileWith("m.rnn", program(...lines)), "--data", data, "--steps", "1", "--hold-out", "4", "--run", folder); // biome-ignore format: one line
  assert.equal(code, 0, err);
  return folder;
};

const tensor = (...shape: ReadonlyArray<number>): Tensor =>
  tensorOf({ shape, values: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(i)) });

const file = (tensors: Readonly<Record<string, Tensor>>): string => {
  const path = join(newFolder(), "w.safetensors");
  writeFileSync(path, encodeSafetensors({ metadata: {}, tensors }));
  return path;
};

const torch = (prefix: string, gates: number, k = 2, n = 3, suffix = "_l0"): Readonly<Record<string, Tensor>> => ({
  [`${prefix}weight_ih${suffix}`]: tensor(gates * n, k),
  [`${prefix}weight_hh${suffix}`]: tensor(gates * n, n),
  [`${prefix}bias_ih${suffix}`]: tensor(gates * n),
  [`${prefix}bias_hh${suffix}`]: tensor(gates * n),
});

const keras = (prefix: string, gates: number, biases: ReadonlyArray<number>, k = 2, n = 3) => ({
  [`${prefix}kernel`]: tensor(k, gates * n),
  [`${prefix}recurrent_kernel`]: tensor(n, gates * n),
  [`${prefix}bias`]: tensor(...biases),
});

const D = { D: tensor(3) };

const refused = async (
  folder: string,
  tensors: Readonly<Record<string, Tensor>>,
  words: ReadonlyArray<string>,
  ...expected: ReadonlyArray<RegExp>
): Promise<void> => {
  const before = filesIn(folder);
  const { code, err } = await rnnc("weights", "import", folder, "--from", file(tensors), ...words);
  assert.equal(code, 2, err);
  for (const says of expected) assert.match(err, says);
  assert.deepEqual(filesIn(folder), before);
};

const lstm = once(() => trained("h[t] = LSTM(n)(x[t])"));
const gru = once(() => trained("h[t] = GRU(n)(x[t])"));
const after = once(() => trained("h[t] = GRUResetAfter(n)(x[t])"));

test("weights of PyTorch are put into a run, and what is taken out for PyTorch is put in again to the same bits", async () => {
  const folder = await lstm();
  const put = file({ ...torch("encoder.", 4), "head.weight": tensor(3) });
  const words = ["--dialect", "pytorch:lstm", "--map", "head.weight=D"];
  const { code, err } = await rnnc("weights", "import", folder, "--from", put, ...words);
  assert.equal(code, 0, err);
  const params = () => {
    const run = loadRun(folder);
    assert.ok(run._tag === "Right");
    return run.right.params;
  };
  const before = params();
  // Gates stand in the order i, f, g, o, and two biases are one.
  const numbers = (size: number): ReadonlyArray<number> =>
    Array.from({ length: size }, (_, i) => Math.fround(Math.sin(i)));
  assert.deepEqual([...before["h.Wf"]!], numbers(12).slice(6));
  assert.deepEqual(
    [...before["h.bo"]!],
    numbers(12)
      .slice(9)
      .map((value) => 2 * value),
  );
  const out = join(newFolder(), "out.safetensors");
  const taken = await rnnc("weights", "export", folder, "-o", out, "--dialect", "pytorch", "--layer", "rnn=h");
  assert.equal(taken.code, 0, taken.err);
  const written = decodeSafetensors(readFileSync(out));
  assert.ok(written._tag === "Right");
  assert.deepEqual(
    Object.entries(written.right.tensors)
      .map(([name, { shape }]) => [name, shape.join()])
      .sort(),
    [["D", "3"], ["rnn.bias_hh_l0", "12"], ["rnn.bias_ih_l0", "12"], ["rnn.weight_hh_l0", "12,3"], ["rnn.weight_ih_l0", "12,2"]], // biome-ignore format: one line
  );
  assert.ok(written.right.tensors["rnn.bias_hh_l0"]!.bytes.every((byte) => byte === 0));
  await rnnc("weights", "import", folder, "--from", file({ ...torch("", 4, 2, 3), D: tensor(3) }), "--dialect", "pytorch"); // biome-ignore format: one line
  assert.equal((await rnnc("weights", "import", folder, "--from", out, "--dialect", "pytorch")).code, 0);
  assert.deepEqual(params(), before);
});

test("a layer of another kind is refused, and the cell is named that has its equations", async () => {
  const words = ["--dialect", "pytorch"];
  await refused(await gru(), { ...torch("", 3), ...D }, words, /h is a cell GRU, which PyTorch has no layer for: what PyTorch calls nn\.GRU is the standard cell GRUResetAfter/); // biome-ignore format: one line
  await refused(await lstm(), { ...torch("rnn.", 3), ...D }, words, /rnn is PyTorch's nn\.GRU, the standard cell GRUResetAfter, and h is a cell LSTM, PyTorch's nn\.LSTM/); // biome-ignore format: one line
  await refused(await lstm(), { ...torch("", 4), ...D }, ["--dialect", "pytorch:gru"], /h is a cell LSTM, which is PyTorch's nn\.LSTM, and no gru/); // biome-ignore format: one line
  await refused(await gru(), { ...keras("gru/", 3, [2, 9]), ...D }, ["--dialect", "keras"], /gru is Keras's GRU, the standard cell GRUResetAfter, and h is a cell GRU, Keras's GRU with reset_after=False/); // biome-ignore format: one line
  await refused(await after(), { ...keras("gru/", 3, [9]), ...D }, ["--dialect", "keras:gru"], /gru is Keras's GRU with reset_after=False, the standard cell GRU, and h is a cell GRUResetAfter/); // biome-ignore format: one line
  const peephole = await trained("h[t] = PeepholeLSTM(n)(x[t])");
  await refused(peephole, { ...torch("", 4), ...D }, words, /PeepholeLSTM, which PyTorch has no layer for/);
  const out = join(newFolder(), "o.safetensors");
  const taken = await rnnc("weights", "export", await gru(), "-o", out, "--dialect", "pytorch");
  assert.equal(taken.code, 2);
  assert.match(taken.err, /cannot be written for PyTorch:\n {2}h is a cell GRU, .*GRUResetAfter/);
});

test("what does not fit is refused with names and shapes, all at once, and the run stays", async () => {
  const words = ["--dialect", "pytorch:lstm"];
  await refused(await lstm(), { ...torch("rnn.", 4, 5, 3), ...D }, words, /rnn\.weight_ih_l0 has the shape \[12, 5\], and h \(LSTM\) takes \[12, 2\]/); // biome-ignore format: one line
  await refused(await lstm(), { ...torch("rnn.", 4, 2, 7), ...D }, words, /weight_ih_l0 has/, /weight_hh_l0 has the shape \[28, 7\], and h \(LSTM\) takes \[12, 3\]/, /bias_hh_l0 has/); // biome-ignore format: one line
  await refused(await lstm(), torch("rnn.", 4), words, /D is missing/);
  await refused(await lstm(), { ...torch("rnn.", 4), ...D, more: tensor(1) }, words, /more is no weight of the model/);
  await refused(await lstm(), { ...torch("rnn.", 4), ...D }, [], /do not fit \(it has layers of PyTorch: --dialect pytorch reads them\):\n/); // biome-ignore format: one line
  await refused(await lstm(), { ...torch("rnn.", 4), head: tensor(3) }, words, /head is no weight of the model \(--map head=D makes it D, which has its shape\)/); // biome-ignore format: one line
  await refused(await lstm(), { ...torch("rnn.", 4), ...D }, ["--dialect", "keras"], /do not fit \(it has layers of PyTorch: --dialect pytorch reads them\):\n/); // biome-ignore format: one line
  await refused(await lstm(), D, words, /the file has 0 layers \(none\), the model 1 \(h: LSTM\)/);
  const two = { ...torch("rnn.", 4), ...torch("rnn.", 4, 3, 3, "_l1"), ...D };
  await refused(await lstm(), two, words, /the file has 2 layers \(rnn; rnn, level 1\), the model 1/);
  const back = { ...torch("rnn.", 4), ...torch("rnn.", 4, 2, 3, "_l0_reverse"), ...D };
  await refused(await lstm(), back, words, /the file has 1 backward layers \(rnn, backwards\), the model 0/);
  const own = await trained("h[t] = Own(n)(x[t])");
  await refused(own, { ...torch("", 1), ...D }, ["--dialect", "pytorch"], /applies no standard cell/);
});

test("which layer is which cell is said where it is not clear, or found by equal names", async () => {
  const folder = await trained("a[t] = LSTM(n)(x[t])", "h[t] = LSTM(n)(a[t])");
  const [one, two] = [torch("one.", 4), torch("two.", 4, 3)];
  const words = ["--dialect", "pytorch"];
  await refused(folder, { ...one, ...two, ...D }, words, /not clear: the file has one; two, the model a \(LSTM\), h \(LSTM\); say it with --layer NAME=PATH, as in --layer one=a/); // biome-ignore format: one line
  await refused(folder, { ...one, ...two, ...D }, [...words, "--layer", "three=a"], /--layer three=a: the file has no such layer; it has one; two/); // biome-ignore format: one line
  await refused(folder, { ...one, ...two, ...D }, [...words, "--layer", "one=b"], /--layer one=b: the model has no standard cell there; it has a, h/); // biome-ignore format: one line
  await refused(folder, { ...one, ...two, ...D }, [...words, "--layer", "one=a"], /h \(LSTM\) is given no layer: say it with --layer NAME=h/); // biome-ignore format: one line
  await refused(folder, { ...one, ...two, ...D }, ["--layer", "one=a"], /name the dialect, too/);
  await refused(folder, { ...one, ...two, ...D }, ["--dialect", "tensorflow"], /The dialects are pytorch, pytorch:rnn, .*keras:gru/); // biome-ignore format: one line
  await refused(folder, { ...one, ...two, ...D }, [...words, "--layer", "one"], /something like encoder\.lstm=h/);
  const put = async (tensors: Readonly<Record<string, Tensor>>, ...more: ReadonlyArray<string>): Promise<string> => {
    const { code, err } = await rnnc("weights", "import", folder, "--from", file(tensors), ...words, ...more);
    assert.equal(code, 0, err);
    return (await rnnc("weights", "show", folder)).out;
  };
  const said = await put({ ...one, ...two, ...D }, "--layer", "one=a", "--layer", "two=h");
  assert.equal(await put({ ...torch("h.", 4, 3), ...torch("a.", 4), ...D }), said);
  // Two layers upon each other are two cells, in the order in which they are declared.
  const stacked = { ...torch("", 4, 3, 3, "_l1"), ...torch("", 4), ...D };
  assert.equal(await put(stacked), said);
  const out = join(newFolder(), "out.safetensors");
  const layers = ["--layer", "lstm=a", "--layer", "lstm=h"];
  assert.equal((await rnnc("weights", "export", folder, "-o", out, ...words, ...layers)).code, 0);
  const written = decodeSafetensors(readFileSync(out));
  assert.ok(written._tag === "Right");
  assert.deepEqual(
    Object.keys(written.right.tensors).filter((name) => name.includes("weight_hh")),
    ["lstm.weight_hh_l0", "lstm.weight_hh_l1"],
  );
});

test("both directions of a layer are two cells, or two that are said to be one", async () => {
  const folder = await trained(
    "f[t] = GRUResetAfter(n)(x[t])",
    "g[t] = backward GRUResetAfter(n)(x[t])",
    "h[t] = f[t] + g[t]",
  );
  const tensors = { ...torch("gru.", 3), ...torch("gru.", 3, 2, 3, "_l0_reverse"), ...D };
  const words = ["--from", file(tensors), "--dialect", "pytorch:gru"];
  for (const layers of [[], ["--layer", "gru=f", "--layer", "gru=g"]]) {
    const { code, err } = await rnnc("weights", "import", folder, ...words, ...layers);
    assert.equal(code, 0, err);
  }
  const out = join(newFolder(), "out.safetensors");
  await rnnc("weights", "export", folder, "-o", out, "--dialect", "pytorch", "--layer", "gru=f", "--layer", "gru=g");
  const written = decodeSafetensors(readFileSync(out));
  assert.ok(written._tag === "Right");
  assert.deepEqual(Object.keys(written.right.tensors).sort(), Object.keys(tensors).sort());
  for (const [name, { bytes }] of Object.entries(written.right.tensors))
    assert.deepEqual([...bytes], [...tensors[name as keyof typeof tensors]!.bytes], name);
});

const asked = (word: string) => dialectNamed(word)!;

const cells = (cell: string, word: string) =>
  cellsOf(compiledProgram(program(`h[t] = ${cell}(x[t])`)).elaborated.parameters, asked(word));

test("a cell whose functions a layer of the dialect cannot have is refused both ways, and what differs is told by name", async () => {
  const cases: ReadonlyArray<readonly [cell: string, word: string, says: RegExp]> = [
    ["LSTM(n, f = relu)", "pytorch", /^h is a cell LSTM with f = relu, where PyTorch's nn\.LSTM has tanh$/],
    ["GRUResetAfter(n, tanh)", "pytorch", /^h is a cell GRUResetAfter with gate = tanh, .*nn\.GRU has sigmoid$/],
    ["RNN(n, sin)", "pytorch", /^h is a cell RNN with f = sin, where PyTorch's nn\.RNN has tanh or relu$/],
    ["GRU(n, relu)", "keras", /^h is a cell GRU with gate = relu, .*GRU with reset_after=False has sigmoid$/],
    ["LSTM(n, f = gelu)", "keras", /f = gelu, where Keras's LSTM has tanh or sigmoid or relu or elu or softplus$/],
    ["LSTM(n, f = squashed)", "keras", /f = squashed \(a function of the program's own\), where Keras's LSTM has/],
  ];
  for (const [cell, word, says] of cases) {
    const found = cells(cell, word);
    for (const result of [
      writtenAs(asked(word), found, {}, {}),
      translated(asked(word), found, {}, { metadata: {}, tensors: {} }),
    ]) {
      assert.ok(result._tag === "Left", cell);
      assert.deepEqual(result.left.length, 1);
      assert.match(result.left[0]!, says);
    }
  }
  const folder = await trained("h[t] = LSTM(n, f = relu)(x[t])");
  const out = join(newFolder(), "out.safetensors");
  const { code, err } = await rnnc("weights", "export", folder, "-o", out, "--dialect", "pytorch");
  assert.equal(code, 2, err);
  assert.match(err, /cannot be written for PyTorch:\n {2}h is a cell LSTM with f = relu/);
  await refused(folder, { ...torch("", 4), ...D }, ["--dialect", "pytorch"], /h is a cell LSTM with f = relu/);
  const taken = await rnnc("weights", "export", folder, "-o", out, "--dialect", "keras");
  assert.equal(taken.code, 0, taken.err);
  assert.match(taken.err, /^h is Keras's LSTM with activation="relu", which a file of weights does not say\.$/m);
});

test("with which words a dialect makes a layer is told where they are not the usual ones", () => {
  const told = (cell: string, word: string) => optionsOf(asked(word), cells(cell, word));
  assert.deepEqual(told("RNN(n, relu)", "pytorch"), [`h is PyTorch's nn.RNN with nonlinearity="relu"`]);
  assert.deepEqual(told("LSTM(n, gate = relu, f = sigmoid)", "keras"), [
    `h is Keras's LSTM with recurrent_activation="relu", activation="sigmoid"`,
  ]);
  for (const word of ["pytorch", "keras"])
    for (const cell of ["RNN(n)", "LSTM(n)", "GRUResetAfter(n)", "LSTM(n, forget = 1)"])
      assert.deepEqual(told(cell, word), []);
});
