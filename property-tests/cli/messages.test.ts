import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { example, fileWith, forecastModel, loadsFile, newFolder, rnnc } from "./run-rnnc.ts";

/** What is told of a command that is refused. */
const told = async (code: number, ...words: ReadonlyArray<string>): Promise<string> => {
  const found = await rnnc(...words);
  assert.equal(found.code, code, found.err);
  return found.err;
};
const training = (program: string, ...words: ReadonlyArray<string>): Promise<string> =>
  told(2, "train", program, "--steps", "1", "--run", join(newFolder(), "run"), ...words);

const sized = fileWith(
  "m.rnn",
  `import LSTM from "std"
model M(V, n = 3, f = tanh, block = LSTM) {
  axis t in 1..T
  input x[t] : R[V]
  param U : R[n,V]
  output h[t] = f(block(n)(U x[t]))
}`,
);

test("a static parameter that is set to another kind is told with its kind and an example that is taken", async () => {
  const kinds: Readonly<Record<string, readonly [kind: RegExp, wrong: ReadonlyArray<string>]>> = {
    n: [/is a number, and was given/, ["abc", "tanh", "LSTM"]],
    f: [/is a function or a cell, and was given/, ["3", "0.5"]],
    block: [/is a function or a cell, and was given/, ["7"]],
  };
  for (const [name, [kind, wrong]] of Object.entries(kinds))
    for (const value of wrong) {
      const err = await told(1, "check", sized, "--set", "V=2", "--set", `${name}=${value}`);
      assert.match(err, kind);
      assert.match(err, new RegExp(`\`${name}\` of \`M\` .*given \`${value}\``));
      const [, shown] = /as in `--set ([^`]+)`/.exec(err) ?? [];
      assert.equal((await rnnc("check", sized, "--set", "V=2", "--set", String(shown))).code, 0, shown);
      // One mistake is told once.
      assert.equal(err.match(/^error/gm)?.length, 1, err);
    }
  for (const [set, hint] of [
    ["V=abcd", /`V` was given `abcd`, which is no number, .*\n[\s\S]*--set V=32/],
    ["f=tahn", /`f` was given `tahn`[\s\S]*Did you mean `tanh`\?/],
    ["block=LSTN", /`block` was given `LSTN`[\s\S]*Did you mean `LSTM`\?/],
    ["f=nothing", /`f` was given `nothing`[\s\S]*the name of a function or a cell, as in `--set f=tanh`/],
  ] as const)
    assert.match(await told(1, "check", sized, "--set", "V=2", "--set", set), hint);
  assert.match(await told(2, "check", sized, "--set", "n=12abc"), /a number or a name after n=, as in n=64/);
});

const following = (length: string, window = "T"): string =>
  fileWith(
    "h.rnn",
    `model H(k) {
  axis t in 1..${window}
  axis i in 1..${length}
  input x[t] : R[k]
  param v : R[k]
  y[i] ~ normal(v^T x[T], 1)
}`.replace("x[T]", window === "T" ? "x[T]" : "x[1]"),
  );

test("an axis that a window or what it looks ahead does not fill is told with the option that fits, which is then taken", async () => {
  const words = "--group site --map x=temp,load --map y=load".split(" ");
  const read = ["--data", loadsFile(), ...words];
  for (const ahead of [1, 3, 9]) {
    const given = ["--window", "5", ...(ahead === 1 ? [] : ["--ahead", `${ahead}`])];
    const err = await training(following("7"), ...read, ...given);
    assert.match(
      err,
      new RegExp(`^y\\[i\\] has 7 positions along i, and --ahead ${ahead} gives it ${ahead}: --ahead 7`),
    );
  }
  const both = await training(following("7", "6"), ...read, "--window", "5");
  assert.match(both, /^x\[t\] has 6 positions along t, and --window 5 gives it 5: --window 6 .*; y\[i\] has 7/);
  const run = join(newFolder(), "run");
  const fits = ["--window", "6", "--ahead", "7", "--steps", "1", "--run", run];
  assert.equal((await rnnc("train", following("7", "6"), ...read, ...fits)).code, 0);
});

test("a gap is told with the way out by its name, and a mask that no data has with what it may be", async () => {
  const gaps = fileWith("g.csv", readFileSync(loadsFile(), "utf8").replace(/,1050\n/g, ",\n"));
  const words = "--group site --window 5 --map x=temp,load --map y=load".split(" ");
  assert.match(
    await training(fileWith("f.rnn", forecastModel), "--data", gaps, ...words),
    /g\.csv, line 12: y: .*found nothing \(--missing m tells it to an input `m` of the program, which is 1 where y has a value and 0 where it has none; --skip-bad N/,
  );
  const program = (inputs: string): string =>
    fileWith(
      "k.rnn",
      `model K {\n  axis t in 1..T\n  input ${inputs}\n  param w = 1\n  d[t] ~ normal(w * ${inputs.split(", ").join(" * ")}, 1)\n}`,
    );
  const rows = fileWith("x.csv", `s,x,d\n${"1,1,2\n1,NA,3\n1,3,4\n".repeat(20)}`);
  const series = ["--data", rows, "--group", "s", "--split", "every"];
  assert.match(await training(program("x[t]"), ...series), /x\[1\]: .*--missing m tells it to an input `m\[t\]`/);
  const masked = await training(program("x[t], mask[t]"), ...series);
  assert.match(masked, /mask: I expected a field mask, .*--missing mask, if it tells where values of x, d are missing/);
  const { code, err } = await rnnc("train", program("x[t], mask[t]"), ...series, "--missing", "mask", "--steps", "1", "--run", join(newFolder(), "run")); // biome-ignore format: one line
  assert.equal(code, 0, err);
});

test("a text that stands in JSON as a number is told as a text, whether or not others are texts", async () => {
  const words = ["--map", "w=name", "--map", "y=kind"];
  const names = (some: string): string => fileWith("n.jsonl", `${some}\n`.repeat(20));
  for (const [value, shown] of [
    ["7", "7"],
    ["true", "true"],
  ] as const)
    for (const others of ["", '{"name": "ann", "kind": "a"}\n'])
      assert.match(
        await training(example("name-class"), "--data", names(`${others}{"name": ${value}, "kind": "a"}`), ...words),
        new RegExp(`w \\(name\\): I expected a list of words or a text, and found ${shown} \\(as a text it stands in quotes: "${shown}"\\)`), // biome-ignore format: one line
      );
});

test("a list of names in which one is missing is no list of names", async () => {
  for (const words of [
    ["predict", "run", "--data", "x.csv", "--outputs", ""],
    ["predict", "run", "--data", "x.csv", "--outputs", "p,"],
    ["gradcheck", sized, "--wrt", "x,,z"],
  ])
    assert.match(await told(2, ...words), /I expected names, as in x,z, and found one without letters\./);
});
