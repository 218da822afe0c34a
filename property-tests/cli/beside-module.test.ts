import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { decodeSafetensors } from "../../src/weights/decode.ts";
import { encodeSafetensors, type Safetensors } from "../../src/weights/safetensors.ts";
import { example, fileWith, newFolder, rnnc, trained } from "./run-rnnc.ts";

const series = `model Series {
  axis t in 1..T
  input x[t]
  param a = 0.5
  y[t] ~ normal(a * x[t], 1)
}`;

const weightsAt = (path: string): Safetensors => {
  const weights = decodeSafetensors(readFileSync(path));
  if (weights._tag === "Left") throw new Error(weights.left);
  return weights.right;
};

/** Every file of a folder with its bytes. */
const bytesIn = (folder: string): ReadonlyArray<string> =>
  readdirSync(folder).map((name) => `${name} ${readFileSync(join(folder, name)).toString("base64")}`);

const written = async (...words: ReadonlyArray<string>): Promise<void> => {
  const { code, err } = await rnnc("export", ...words, "--to", "pytorch");
  assert.equal(code, 0, err);
};

const refused = async (message: RegExp, folder: string, ...words: ReadonlyArray<string>): Promise<void> => {
  const before = bytesIn(folder);
  const { code, err } = await rnnc("export", ...words, "--to", "pytorch");
  assert.equal(code, 2, err);
  assert.match(err, message);
  assert.deepEqual(bytesIn(folder), before);
};

test("weights beside an exported run take the place of those that an export wrote, and of no others", async () => {
  const data = fileWith("rows.jsonl", '{"x": [1, 2], "y": [1, 2]}\n'.repeat(12));
  const run = await trained(fileWith("series.rnn", series), "--data", data, "--steps", "2");
  const folder = newFolder();
  const [output, beside] = [join(folder, "e.py"), join(folder, "e.safetensors")];
  for (let again = 0; again < 2; again += 1) await written(run, "-o", output);
  const own = weightsAt(beside);
  const [[path, tensor]] = Object.entries(own.tensors) as [[string, Safetensors["tensors"][string]]];
  const moved = { ...tensor, bytes: tensor.bytes.map((byte, i) => (i === 0 ? byte ^ 1 : byte)) };
  for (const [mine, what] of [
    [encodeSafetensors({ ...own, metadata: {} }), "saved by another"],
    [encodeSafetensors({ ...own, tensors: { ...own.tensors, [path]: moved } }), "changed since"],
    [Buffer.from("mine"), "no weights at all"],
  ] as const) {
    writeFileSync(beside, mine);
    await refused(/e\.safetensors is there, and not as an export wrote it.*another -o/, folder, run, "-o", output);
    assert.ok(readFileSync(beside).equals(mine), what);
  }
  await written(run, "-o", join(folder, "f.py"));
});

test("a train.py is replaced as long as it is as rnnc wrote it, for another module too, and never once it is changed", async () => {
  const folder = newFolder();
  const script = join(folder, "train.py");
  await written(example("elman"), "--trainer", "-o", join(folder, "a.py"));
  const first = readFileSync(script, "utf8");
  // As another version may have written it: its own digest is what it is known by.
  await written(example("elman"), "--trainer", "--loss", "sum", "-o", join(folder, "b.py"));
  assert.match(readFileSync(script, "utf8"), /^MODULE, CLASS, LOSS = "b\.py", "Elman", "sum"$/m);
  for (const mine of [`${first}\n`, first.replace("0.003", "0.004"), first.replace(/^# As rnnc wrote it.*\n/m, "")]) {
    assert.notEqual(mine, first);
    writeFileSync(script, mine);
    await refused(
      /train\.py was changed since rnnc wrote it/,
      folder,
      example("elman"),
      "--trainer",
      "-o",
      join(folder, "c.py"),
    );
    assert.equal(readFileSync(script, "utf8"), mine);
  }
});
