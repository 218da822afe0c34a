import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { isLeft } from "fp-ts/lib/Either.js";
import { once } from "../../src/once.ts";
import { mustAgree } from "../../src/property/law.ts";
import { loadRun } from "../../src/train/index.ts";
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
import { someOf } from "../often.ts";
import { answerOf, skip } from "./python.ts";

interface Answer {
  readonly outputs: Readonly<Record<string, ReadonlyArray<number>>>;
  readonly loss: number | string;
  readonly drawn: Readonly<Record<string, ReadonlyArray<ReadonlyArray<number>>>> | null;
}

const loaded = (run: string) => {
  const found = loadRun(run);
  if (isLeft(found)) assert.fail(found.left);
  return found.right;
};

const valuesOf = (run: string): ReadonlyArray<number> =>
  Object.values(loaded(run).params).flatMap((values) => Array.from(values));

/** A run, exported, and what its module answers with the weights beside it. */
const exported = async (run: string, name: string, examples: unknown) => {
  const module = join(newFolder(), "model.py");
  const { code, err } = await rnnc("export", run, "--to", "pytorch", "-o", module);
  assert.equal(code, 0, err);
  const [weights, same, doubled] = ["model", "same", "doubled"].map((each) =>
    module.replace("model.py", `${each}.safetensors`),
  );
  assert.ok(existsSync(weights!));
  const answer = answerOf<Answer>("weights.py", { module, name, weights, same, doubled, examples })!;
  return { answer, weights: weights!, same: same!, doubled: doubled! };
};

test("numbers that PyTorch's pack is given are rounded no more than its model is", { skip }, async () => {
  const module = join(newFolder(), "model.py");
  const model = fileWith(
    "m.rnn",
    "model M {\n  axis t in 1..T\n  input x[t] : R\n  param a : R\n  output y = a * sum[t](x[t])\n}",
  );
  const { code, err } = await rnnc("export", model, "--to", "pytorch", "-o", module);
  assert.equal(code, 0, err);
  const given = [{ x: [0.1, 1 / 3] }, { x: [] }, { x: [Math.PI] }];
  assert.deepEqual(answerOf("packed.py", { module, name: "M", examples: given }), [
    [0.1, 1 / 3],
    [0, 0],
    [Math.PI, 0],
  ]);
});

test("weights that are no safetensors are refused by their name", { skip }, async () => {
  const module = join(newFolder(), "model.py");
  const { code } = await rnnc("export", example("elman"), "--to", "pytorch", "-o", module);
  assert.equal(code, 0);
  for (const bytes of someOf(["no weights", "", '\x08\0\0\0\0\0\0\0{"a":1}'], 0, 3)) {
    const weights = fileWith("bad.safetensors", bytes);
    const said = answerOf<string>("refused.py", { module, name: "Elman", weights })!;
    assert.match(said, /^ValueError .*bad\.safetensors: expected safetensors, found another file/);
  }
});

test("weights that are not finite are refused by their path and place", { skip }, async () => {
  const module = join(newFolder(), "model.py");
  const { code } = await rnnc("export", example("elman"), "--to", "pytorch", "-o", module);
  assert.equal(code, 0);
  const header = '{"W":{"dtype":"F32","shape":[32,32],"data_offsets":[0,4096]}}';
  for (const [value, told] of [
    [Number.NaN, "NaN"],
    [Number.POSITIVE_INFINITY, "infinity"],
  ] as const) {
    const bytes = Buffer.alloc(4104 + header.length);
    bytes.writeBigUInt64LE(BigInt(header.length));
    bytes.write(header, 8);
    bytes.writeFloatLE(value, 12 + header.length);
    const weights = join(newFolder(), "odd.safetensors");
    writeFileSync(weights, bytes);
    const said = answerOf<string>("refused.py", { module, name: "Elman", weights })!;
    assert.match(said, new RegExp(`^ValueError .*odd\\.safetensors: W has ${told} at \\[1, 2\\]$`));
  }
});

const forecasting = trained(
  fileWith("forecast.rnn", forecastModel),
  ...["--data", loadsFile(), "--window", "6", "--ahead", "1", "--group", "site", "--map", "x=temp", "--map", "y=load"],
  ...["--set", "k=1", "--steps", "5", "--normalise", "x,y"],
);

const forecastExamples = [{ x: [[0.1], [0.2], [-0.4]] }, { x: [[1]] }];
const forecastExported = once(async () => exported(await forecasting, "Forecast", forecastExamples));

test("a run as PyTorch has the weights of the run, and gives the same", { skip }, async () => {
  const run = await forecasting;
  const { answer } = await forecastExported();
  const { compiled, params } = loaded(run);
  const expected = compiled.forward(params, compiled.pack(forecastExamples));
  mustAgree("mu", answer.outputs.mu!, expected.mu!.data, 1e-5);
});

test("the loss of a run as PyTorch is for each value that is given, as the run was trained, and refuses a batch without", {
  skip,
}, async () => {
  const run = await forecasting;
  const examples = [
    { x: [[0.1], [0.2]], y: 0.5 },
    { x: [[1]], y: null },
    { x: [[0.3]], y: -1 },
  ];
  const { answer } = await exported(run, "Forecast", examples);
  const { compiled, params } = loaded(run);
  // That of the compiled model is its mean over three examples, two of which have a value.
  mustAgree("loss", [Number(answer.loss)], [(compiled.loss(params, compiled.pack(examples)) * 3) / 2], 1e-5);
  const { answer: without } = await exported(run, "Forecast", [{ x: [[1]] }]);
  assert.equal(without.loss, "the loss needs the target y, which no example has");
});

test("weights that PyTorch wrote are read back into the run, to the bit", { skip }, async () => {
  const run = await forecasting;
  const { same, doubled } = await forecastExported();
  const before = valuesOf(run);
  for (const [file, factor] of [
    [same, 1],
    [doubled, 2],
  ] as const) {
    const { code, err } = await rnnc("weights", "import", run, "--from", file);
    assert.equal(code, 0, err);
    const after = valuesOf(run);
    assert.deepEqual(
      after,
      before.map((value) => factor * value),
    );
  }
});

const withOutput = characterModel
  .replace("softmax(c + P h[t])", "p[t]")
  .replace("  y[t] :", "  output p[t] = softmax(c + P h[t])\n  y[t] :");

test("PyTorch draws symbols as often as their probabilities say", { skip }, async () => {
  const run = await trained(fileWith("characters.rnn", withOutput), "--data", fileWith("t.txt", text), "--steps", "3");
  const { answer } = await exported(run, "Characters", [{ y: [1] }]);
  const { compiled, params } = loaded(run);
  const firsts = answer.drawn!.y!.map(([first]) => first!);
  const { output } = compiled.step(params, compiled.start(params), { y: 0 });
  const probabilities = Array.from(output.p as ArrayLike<number>);
  probabilities.forEach((expected, symbol) => {
    const found = firsts.filter((first) => first === symbol).length / 2000;
    assert.ok(Math.abs(expected - found) < 5 * Math.sqrt(expected / 2000) + 1e-3, `${symbol}: ${found} of ${expected}`);
  });
  assert.ok(probabilities.length > 3);
});

const refused = async (words: ReadonlyArray<string>, message: RegExp): Promise<void> => {
  const { code, err } = await rnnc("export", ...words);
  assert.equal(code, 2);
  assert.match(err, message);
};

test("what has no effect on PyTorch is refused, and so is another ending", async () => {
  const elman = example("elman");
  const output = join(newFolder(), "elman.py");
  await refused([elman, "--to", "pytorch", "-o", output, "--readable"], /--readable: of modules alone/);
  await refused([elman, "--to", "pytorch", "-o", output, "--last"], /--last: of runs/);
  await refused([elman, "--to", "pytorch", "-o", "elman.js"], /\.py/);
  await refused([elman, "-o", "elman.js"], /is a file, and a run is a folder/);
  await refused([await forecasting, "--to", "pytorch", "-o", output, "--set", "k=2"], /--set: of programs/);
  assert.ok(!existsSync(output));
});

test("a program as PyTorch names its class and takes its sizes, whatever else is asked for as JSON", async () => {
  const output = join(newFolder(), "elman.py");
  const { code, out } = await rnnc(
    "export",
    example("elman"),
    "--to",
    "pytorch",
    "-o",
    output,
    "--set",
    "n=5",
    "--json",
  );
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(out).files, [output]);
  const printed = readFileSync(output, "utf8");
  assert.match(printed, /^class Elman\(nn\.Module\):$/m);
  assert.match(printed, /self\.W = nn\.Parameter\(torch\.empty\(5, 5\)\)/);
});
