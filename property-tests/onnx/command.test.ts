import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { graphOfBytes } from "../../src/onnx/decode.ts";
import { bytesOfModel } from "../../src/onnx/encode.ts";
import { mustAgree } from "../../src/property/law.ts";
import { type LoadedRun, loadRun } from "../../src/train/index.ts";
import {
  characterModel,
  example,
  fileWith,
  forecastModel,
  loadsFile,
  newFolder,
  rnnc,
  text,
  trained,
} from "../cli/run-rnnc.ts";
import { givenFor } from "./agreement.ts";
import { ran, skip } from "./runtime.ts";

const output = (name = "model.onnx"): string => join(newFolder(), name);

const exported = async (...words: ReadonlyArray<string>): Promise<Buffer> => {
  const path = output();
  const { code, err } = await rnnc("export", ...words, "--to", "onnx", "-o", path);
  assert.equal(code, 0, err);
  return readFileSync(path);
};

const lstmModel = `import LSTM from "std"
model Forecast(k, n = 4) {
  axis t in 1..T
  input x[t] : R[k]
  h[t] = LSTM(n)(x[t])
  param v : R[n]
  output mu = v^T h[T]
  y ~ normal(mu, 0.1)
}`;

const dataWords = ["--map", "x=temp", "--map", "y=load", "--group", "site", "--window", "4", "--ahead", "1"];

const trainedOn = (program: string): Promise<string> =>
  trained(fileWith("forecast.rnn", program), "--data", loadsFile(), ...dataWords, "--normalise", "x,y", "--steps", "3");

test("a program goes to ONNX with the weights of its seed, a run with those that it learned, and what was written is told", async () => {
  const path = output();
  const { code, out, err } = await rnnc(
    "export",
    example("elman"),
    "--to",
    "onnx",
    "-o",
    path,
    "--set",
    "n=5",
    "--json",
  );
  assert.equal(code, 0, err);
  assert.deepEqual(JSON.parse(out), { of: example("elman"), files: [path], recurrences: { RNN: 1 } });
  assert.notDeepEqual(await exported(example("elman"), "--seed", "2"), await exported(example("elman")));
  assert.deepEqual(await exported(example("elman"), "--seed", "1"), await exported(example("elman")));
});

/** What is loaded of a run. */
const loaded = (run: string, options: { readonly last?: boolean } = {}): LoadedRun => {
  const found = loadRun(run, options);
  assert.ok("right" in found);
  return found.right;
};

test("ONNX Runtime gives what the run gives, with its best weights or its last", { skip }, async () => {
  const run = await trainedOn(forecastModel);
  for (const last of [false, true]) {
    const { compiled, params } = loaded(run, { last });
    const batch = compiled.pack([
      { x: [[0.5], [0.25], [0.125]], y: 0 },
      { x: [[-1]], y: 0 },
    ]);
    const found = await ran(await exported(run, ...(last ? ["--last"] : [])), givenFor(compiled, batch));
    mustAgree("mu", found.mu!.data, compiled.forward(params, batch).mu!.data, 1e-6);
  }
});

test("a model of text goes with its vocabulary, and its distribution takes the place of outputs", async () => {
  const program = fileWith("characters.rnn", characterModel);
  const run = await trained(program, "--data", fileWith("text.txt", text), "--steps", "2");
  const graph = graphOfBytes(await exported(run))!;
  const words = new Map(graph.metadata).get("vocabulary y");
  assert.ok(JSON.parse(words!).includes("t"));
});

test("the weights of a run go to ONNX and into another run, to the bit", async () => {
  const [first, second] = [await trainedOn(lstmModel), await trainedOn(lstmModel)];
  await rnnc("weights", "import", second, "--from", await zeros(second));
  const path = output();
  assert.equal((await rnnc("export", first, "--to", "onnx", "-o", path, "--last")).code, 0);
  const { code, err } = await rnnc("weights", "import", second, "--from", path);
  assert.equal(code, 0, err);
  assert.deepEqual(paramsIn(second), paramsIn(first));
});

test("weights of equations that became an operation do not come back, and it is told what does", async () => {
  const own = lstmModel
    .replace('import LSTM from "std"\n', "")
    .replace("  h[t] = LSTM(n)(x[t])\n", "  param U, W\n  h[0] = 0\n  h[t] : R[n] = tanh(U x[t] + W h[t-1])\n");
  const run = await trainedOn(own);
  const path = output();
  assert.equal((await rnnc("export", run, "--to", "onnx", "-o", path)).code, 0);
  const { code, err } = await rnnc("weights", "import", run, "--from", path);
  assert.equal(code, 2);
  assert.match(err, /no standard cell that is a layer of ONNX: .*not into equations.*weights export RUN/);
});

test("the matrix of a head that a graph has the other way round is taken, and told; without a map what there is is listed", async () => {
  const rows = fileWith("rows.jsonl", '{"x": [[1, 2], [0, 1]], "y": 1}\n');
  const run = await trained(fileWith("head.rnn", headModel), "--data", rows, "--steps", "1");
  const path = fileWith("head.onnx", headGraph as never);
  const silent = await rnnc("weights", "import", run, "--from", path);
  assert.equal(silent.code, 2);
  assert.match(silent.err, /V is missing\n.*besides: onnx::MatMul_1 \[2, 3\]; perhaps --map onnx::MatMul_1=V\.T/);
  const { code, err } = await rnnc("weights", "import", run, "--from", path, "--map", "V=onnx::MatMul_1");
  assert.equal(code, 0, err);
  assert.match(err, /onnx::MatMul_1 \[2, 3\] is taken transposed, as V \[3, 2\]/);
  assert.deepEqual(paramsIn(run).V, [1, 4, 2, 5, 3, 6]);
  assert.equal((await rnnc("weights", "import", run, "--from", path, "--map", "onnx::MatMul_1=V.T")).code, 0);
  assert.deepEqual(paramsIn(run).V, [1, 4, 2, 5, 3, 6]);
});

const headModel = `model Head {
  axis t in 1..T
  input x[t] : R[2]
  param V : R[3, 2]
  output mu = sum(V x[T])
  y ~ normal(mu, 0.1)
}`;

const headGraph = bytesOfModel({
  metadata: [],
  graph: {
    name: "head",
    documentation: "",
    nodes: [],
    initializers: [{ name: "onnx::MatMul_1", type: "float", shape: [2, 3], data: [1, 2, 3, 4, 5, 6] }],
    inputs: [],
    outputs: [],
  },
});

/** A file of weights of a run, all 0. */
const zeros = async (run: string): Promise<string> => {
  const path = output("zeros.safetensors");
  assert.equal((await rnnc("weights", "export", run, "-o", path)).code, 0);
  const bytes = readFileSync(path);
  const header = 8 + Number(bytes.readBigUInt64LE(0));
  bytes.fill(0, header);
  return fileWith("zeros.safetensors", bytes as never);
};

const paramsIn = (run: string): Readonly<Record<string, ReadonlyArray<number>>> =>
  Object.fromEntries(
    Object.entries(loaded(run, { last: true }).params).map(([path, values]) => [path, Array.from(values)]),
  );

const refusals: ReadonlyArray<readonly [words: ReadonlyArray<string>, told: RegExp]> = [
  [[example("elman"), "--to", "onnx", "-o", "m.js"], /what goes to onnx is written as \.onnx/],
  [[example("elman"), "--to", "onnx", "-o", "m.onnx", "--readable"], /--readable: of modules alone/],
  [[example("elman"), "--to", "onnx", "-o", "m.onnx", "--last"], /--last: of runs/],
  [
    [example("elman"), "--to", "onnx", "-o", "m.onnx", "--states", "--generate"],
    /--generate ends its sequences by itself/,
  ],
  [[example("bidirectional"), "--to", "onnx", "-o", "m.onnx", "--states"], /looks ahead, further back/],
  [[example("self-attention"), "--to", "onnx", "-o", "m.onnx", "--generate"], /has no `~`/],
  [[example("elman"), "-o", "m.js", "--generate"], /are of --to onnx; modules have start, step and generate/],
  [[example("elman"), "-o", "m.js", "--seed", "2"], /--seed: of programs, which only --to exports/],
  [["nowhere.rnn", "--to", "onnx", "-o", "m.onnx"], /There is no nowhere\.rnn/],
  [
    [fileWith("none.rnn", "model M {\n  param a = 1\n  minimize a^2\n}"), "--to", "onnx", "-o", "m.onnx"],
    /M has no outputs and no distributions/,
  ],
];

for (const [words, told] of refusals)
  test(`what cannot go to ONNX is refused: ${told.source}`, async () => {
    const { code, err } = await rnnc("export", ...words);
    assert.equal(code, 2, err);
    assert.match(err, told);
  });

test("a file that is no ONNX, or has what no standard cell has, gives no weights", async () => {
  const run = await trainedOn(lstmModel);
  const from = async (file: string, ...words: ReadonlyArray<string>): Promise<string> => {
    const { code, err } = await rnnc("weights", "import", run, "--from", file, ...words);
    assert.equal(code, 2, err);
    return err;
  };
  assert.match(await from(fileWith("text.onnx", "no model")), /it is no file of ONNX/);
  const path = output();
  assert.equal((await rnnc("export", run, "--to", "onnx", "-o", path)).code, 0);
  assert.match(await from(path, "--dialect", "pytorch"), /says itself what its layers are/);
  const gru = await exported(fileWith("gru.rnn", lstmModel.replaceAll("LSTM", "GRU")), "--set", "k=1");
  const other = fileWith("gru.onnx", gru as never);
  assert.match(await from(other), /h is ONNX's GRU, the standard cell GRU, and h is a cell LSTM, ONNX's LSTM/);
});
