import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileWith, newFolder } from "../cli/run-rnnc.ts";
import { isThorough } from "../often.ts";
import { answerOf, skip } from "./python.ts";
import { type Ended, logOf, type Run, weightsIn } from "./trained.ts";
import { rows, type Script, scriptOf } from "./trainer-runs.ts";

const script = scriptOf("mean");

interface Case {
  readonly output: string;
  readonly of?: Script;
  readonly world?: number;
  readonly steps?: number;
  readonly decay?: string;
  readonly data?: string;
  readonly heldOut?: string | null;
  readonly more?: ReadonlyArray<string>;
}

const runOf = ({ output, of = script, world = 1, heldOut = of.data, ...given }: Case): Run => ({
  script: of.script,
  world,
  words: [
    ...["--data", given.data ?? of.data, ...(heldOut === null ? [] : ["--held-out", heldOut]), "--output", output],
    ...["--steps", String(given.steps ?? 6), "--decay", given.decay ?? "constant", "--batch", "3"],
    ...["--precision", "f64", "--save-every", "3", "--evaluate-every", "3", "--cpu", ...(given.more ?? [])],
  ],
});

const ends = (cases: ReadonlyArray<Case>): ReadonlyArray<Ended> =>
  answerOf<ReadonlyArray<Ended>>("trainer.py", cases.map(runOf))!;

const folder = newFolder();
const [done, byLinear] = ["done", "linear"].map((name) => join(folder, name));

const isRun = skip === false;
if (isRun)
  for (const { codes, told } of ends([{ output: done! }, { output: byLinear!, decay: "linear" }]))
    assert.deepEqual(codes, [0], told);

/** A folder of its own for a case: of a training that is done, changed. */
const changed = (name: string, change: (output: string) => void, from = done): string => {
  const output = join(folder, name);
  if (!isRun) return output;
  if (from !== "") cpSync(from!, output, { recursive: true });
  else mkdirSync(output);
  change(output);
  return output;
};

const withFiles = (name: string, files: Readonly<Record<string, string>>): string =>
  changed(
    name,
    (output) => {
      for (const [file, text] of Object.entries(files)) writeFileSync(join(output, file), text);
    },
    "",
  );

const foreign = {
  log: { "log.jsonl": "mine\n" },
  weights: { "weights.safetensors": "mine" },
  run: { "run.json": "{}", "log.jsonl": "mine\n", "checkpoint.safetensors": "mine" },
} as const;

const safetensors = (header: unknown): Buffer => {
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text]);
};

const firstWord = (word: bigint) => (output: string) => {
  const path = join(output, "checkpoint.safetensors");
  const file = readFileSync(path);
  file.writeBigUInt64LE(word);
  writeFileSync(path, file);
};

const checkpointOf = (header: unknown) => (output: string) =>
  writeFileSync(join(output, "checkpoint.safetensors"), safetensors(header));

const folderAt = (name: string) => (output: string) => {
  rmSync(join(output, name), { force: true });
  mkdirSync(join(output, name));
};

const rowsWith = (name: string, text: string): string =>
  fileWith(name, `${JSON.stringify(rows[0])}\n{"s": 1, "x": [[1, ${text}]], "y": [1]}\n`);

const otherModule = (name: string, change: (text: string) => string): Script => {
  const own = join(folder, name);
  cpSync(script.folder, own, { recursive: true });
  const module = join(own, "model.py");
  writeFileSync(module, change(readFileSync(module, "utf8")));
  return { folder: own, script: join(own, "train.py"), data: script.data };
};

/** One that cannot take the last example, which of two processes the second has. */
const choosy = otherModule("choosy", (text) =>
  text.replace(/( +)def loss\(self, batch\):\n/, (line, indent: string) => {
    const inside = `${indent}    `;
    return `${line}${inside}if bool((batch["s"] == 2).any()):\n${inside}    raise ValueError("a 2")\n`;
  }),
);

const other = otherModule("other", (text) => `${text}# with other equations\n`);
const fewer = fileWith("fewer.jsonl", `${JSON.stringify(rows[0])}\n`);

const mistakes: ReadonlyArray<readonly [Case, RegExp]> = [
  [{ output: withFiles("log", foreign.log), world: 2 }, /log has log\.jsonl of something else.*another --output/],
  [{ output: withFiles("weights", foreign.weights), more: ["--fresh"] }, /has weights\.safetensors.*another --output/],
  [{ output: withFiles("run", foreign.run) }, /run is a run of rnnc: give another --output/],
  [{ output: withFiles("run fresh", foreign.run), more: ["--fresh"] }, /run fresh is a run of rnnc/],
  [{ output: changed("ff", firstWord(2n ** 64n - 1n)), world: 2 }, /checkpoint\.safetensors is damaged/],
  [{ output: changed("list", checkpointOf([])) }, /checkpoint\.safetensors is damaged/],
  [{ output: changed("settings", checkpointOf({ __metadata__: { settings: "[]" } })) }, /settings are none/],
  [
    { output: changed("line", (output) => writeFileSync(join(output, "log.jsonl"), "[1]\n")) },
    /log\.jsonl, line 1: I expected a step with its seconds, and found \[1\]/,
  ],
  [
    { output: changed("partial", folderAt("weights.safetensors.partial")), world: 2, steps: 9 },
    /I cannot write .*weights\.safetensors \(Is a directory\)/,
  ],
  [
    { output: join(folder, "digits"), data: rowsWith("digits.jsonl", "9".repeat(400)) },
    /digits\.jsonl, line 2: x is to/,
  ],
  [{ output: "/proc/nope" }, /I cannot make the folder \/proc\/nope.*another --output/],
  [{ output: join(folder, "choosy out"), of: choosy, world: 2 }, /rows\.jsonl, line \d: Mixed cannot take it \(a 2\)/],
  [{ output: changed("program", () => {}), of: other, steps: 9 }, /the text of the module was another.*--weights/],
  [{ output: changed("longer", () => {}, byLinear), steps: 9, decay: "linear" }, /--steps was 6, by which the rate/],
  [
    { output: join(folder, "diverged"), more: ["--optimiser", "sgd", "--rate", "1e308", "--warmup", "0"] },
    /step [1-3]: the gradient is no number any more\. A lower/,
  ],
];

/** As others, in another place: in the thorough run. */
const more: typeof mistakes = [
  [{ output: changed("folder", folderAt("weights.safetensors")) }, /weights\.safetensors is a folder/],
  [{ output: changed("2^45", firstWord(2n ** 45n)) }, /checkpoint\.safetensors is damaged/],
  [{ output: changed("others", checkpointOf({})), more: ["--fresh"] }, /damaged, or not of this script/],
  [{ output: join(folder, "1e999"), data: rowsWith("large.jsonl", "1e999") }, /large\.jsonl, line 2: x is to/],
];

const refused = isThorough ? [...mistakes, ...more] : mistakes;

const badWords: ReadonlyArray<readonly [ReadonlyArray<string>, RegExp]> = [
  [["--rate", "inf"], /error: argument --rate: I expected a number above 0, and found inf/],
  [["--constant", "beta1=nan"], /error: --constant beta1=nan: I expected a number after beta1=/],
];

const taken = {
  "on by more steps": { output: changed("more", () => {}), steps: 9 },
  "all done": { output: changed("fewer", () => {}), steps: 2 },
  "other held out": { output: changed("other held out", () => {}), steps: 9, heldOut: fewer },
  fresh: { output: changed("fresh", () => {}), heldOut: null, more: ["--fresh"] },
} satisfies Readonly<Record<string, Case>>;

const badCases = badWords.map(([more]) => ({ output: join(folder, "words"), world: 2, more }));
const ended = isRun ? ends([...refused.map(([each]) => each), ...Object.values(taken), ...badCases]) : [];
const endOf = (name: keyof typeof taken): Ended => ended[refused.length + Object.keys(taken).indexOf(name)]!;

test("what whoever started it can mend is told in one line, once by all processes, and ends it with 2", {
  skip,
}, () => {
  for (const [i, [{ output, world = 1 }, message]] of refused.entries()) {
    const { codes, told } = ended[i]!;
    assert.ok(
      codes.includes(2) && codes.every((code) => code === 2 || (code === -9 && world > 1)),
      `${output} ${told}`,
    );
    const own = told.split("\n").filter((line) => line.startsWith("train.py: "));
    assert.equal(own.length, 1, `${output}\n${told}`);
    assert.match(own[0]!, message);
    assert.doesNotMatch(told, /Traceback/);
  }
});

test("what no option takes is told once by all processes", { skip }, () => {
  for (const [i, [, message]] of badWords.entries()) {
    const { codes, told } = ended.at(i - badWords.length)!;
    assert.ok(codes.includes(2), told);
    assert.match(told, message);
    assert.equal(told.split("error: ").length, 2, told);
  }
});

test("nothing that another wrote is changed, with --fresh or without", { skip }, () => {
  for (const [name, files] of [
    ["log", foreign.log],
    ["weights", foreign.weights],
    ["run", foreign.run],
    ["run fresh", foreign.run],
  ] as const)
    for (const [file, text] of Object.entries(files))
      assert.equal(readFileSync(join(folder, name, file), "utf8"), text);
});

test("a training that is done goes on by more steps where its rate does not depend on their number", { skip }, () => {
  const { codes, told } = endOf("on by more steps");
  assert.deepEqual(codes, [0], told);
  assert.match(told, /Going on from step 6/);
  assert.deepEqual(
    logOf(taken["on by more steps"].output).map(({ step }) => step),
    [3, 6, 9],
  );
  const all = endOf("all done");
  assert.deepEqual(all.codes, [0], all.told);
  assert.match(all.told, /6 steps are done already: the weights are in/);
});

test("the lowest loss is of what is held out now", { skip }, () => {
  const { codes, told } = endOf("other held out");
  assert.deepEqual(codes, [0], told);
  assert.match(told, /held out is other than before: its lowest loss is looked for anew/);
  const { output } = taken["other held out"];
  const [best] = weightsIn(join(output, "checkpoint.safetensors")).best!;
  assert.equal(best, logOf(output).at(-1)!.heldOut);
});

test("--fresh leaves nothing of the training before", { skip }, () => {
  const { codes, told } = endOf("fresh");
  assert.deepEqual(codes, [0], told);
  assert.ok(existsSync(join(taken.fresh.output, "weights.safetensors")));
  assert.ok(!existsSync(join(taken.fresh.output, "best.safetensors")));
});
