import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { example, fileWith, linesOf, newFolder, rnnc } from "./run-rnnc.ts";

const lines = async (...words: ReadonlyArray<string>): Promise<ReadonlyArray<string>> => {
  const { code, out, err } = await rnnc("sweep", ...words);
  assert.equal(code, 0, err);
  return out.trimEnd().split("\n");
};

test("a sweep prints each combination once, what is named last fastest, and each names a run of its own", async () => {
  const values = fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(values, values, fc.integer({ min: 1, max: 4 }), async (n, k, seeds) => {
      const commands = await lines(
        example("elman"),
        ...[
          "--set",
          `n=${n}`,
          "--set",
          `k=${k}`,
          "--seed",
          `1..${seeds}`,
          "--runs",
          "there",
          "--",
          "--data",
          "a b.jsonl",
        ],
      );
      const combinations = n.flatMap((a) =>
        k.flatMap((b) =>
          Array.from(
            { length: seeds },
            (_, i) => `n=${a} --set k=${b} --seed ${i + 1} --run there/n=${a},k=${b},seed=${i + 1}`,
          ),
        ),
      );
      assert.deepEqual(
        commands,
        combinations.map((each) => `rnnc train ${example("elman")} --data 'a b.jsonl' --set ${each}`),
      );
    }),
    { numRuns: 20 },
  );
});

test("what a sweep prints trains, and what the runs came to is one table, the best first", async () => {
  const data = fileWith(
    "rows.jsonl",
    Array.from({ length: 20 }, (_, i) =>
      JSON.stringify({
        x: [
          [i / 20, 1, 0, 0],
          [0, 0, 1, i / 20],
        ],
        y: [i % 3, 1],
      }),
    ).join("\n"),
  );
  const runs = join(newFolder(), "runs");
  const commands = await lines(
    ...[example("elman"), "--set", "n=2,3", "--seed", "1,2", "--runs", runs, "--"],
    ...["--data", data, "--steps", "4", "--evaluate-every", "2"],
  );
  for (const command of commands) {
    const { code, err } = await rnnc(...command.split(" ").slice(1));
    assert.equal(code, 0, err);
  }
  const { code, out } = await rnnc("sweep", example("elman"), "--runs", runs, "--collect", "--json");
  assert.equal(code, 0);
  const { runs: rows } = linesOf(out.replaceAll("\n", ""))[0]!;
  assert.deepEqual(rows.map(({ run }: { run: string }) => run).toSorted(), [
    "n=2,seed=1",
    "n=2,seed=2",
    "n=3,seed=1",
    "n=3,seed=2",
  ]);
  const losses: ReadonlyArray<number> = rows.map(({ heldOut }: { heldOut: number }) => heldOut);
  assert.deepEqual(
    losses,
    losses.toSorted((a, b) => a - b),
  );
  // One that is broken is told, and the others stand.
  mkdirSync(join(runs, "broken"));
  writeFileSync(join(runs, "broken", "run.json"), "{");
  const table = await rnnc("sweep", example("elman"), "--runs", runs, "--collect");
  assert.match(table.err, /broken is left out/);
  assert.match(table.out.split("\n")[0]!, /^run +n +seed +held-out loss +at step +steps$/);
  assert.equal(table.out.trimEnd().split("\n").length, 6);
  assert.match(table.out, /All have rate = 0\.003\.\n$/);
});

test("what no training takes is refused before the first, all of it at once, as train refuses it", async () => {
  const data = fileWith("rows.jsonl", "{}\n");
  const given = ["--", "--data", data];
  const refused: ReadonlyArray<readonly [ReadonlyArray<string>, ReadonlyArray<RegExp>, code?: number]> = [
    [
      ["--seed", "1.5,x,1e400", ...given],
      [/1\.5: I expected an integer/, /x: I expected a/, /1e400: I expected a/],
    ],
    [
      ["--rate", "0,-1", ...given],
      [/0: I expected a number above 0/, /-1: I expected a number above 0/],
    ],
    [["--set", "n=a,4,NaN", ...given], [/RNN115.*was given `a`/s, /was given `NaN`/], 1],
    [["--set", "n=-1,2.5", ...given], [/is -1/, /is 2\.5/], 1],
    [["--set", "n=1..", ...given], [/1\.\.: I expected a range/]],
    [["--set", "n=1..2..3", ...given], [/1\.\.2\.\.3: I expected a range/]],
    [["--rate", "1e-3,0.001", ...given], [/0\.001 is given twice, first as 1e-3/]],
    [["--rate", "0.1,0.10", ...given], [/0\.10 is given twice, first as 0\.1/]],
    [["--seed", "01,1", ...given], [/1 is given twice, first as 01/]],
    [["--set", "n=0x10,16", ...given], [/16 is given twice, first as 0x10/]],
    [["--seed", "1,2", ...given, "--run=x"], [/--run after --/]],
    [["--seed", "1,2", ...given, "--resume=x"], [/--resume after --/]],
    [["--seed", "1,2", ...given, "--seed=5"], [/--seed after --/]],
    [["--rate", "1,2", ...given, "--rate=5"], [/--rate after --/]],
    [["--set", "n=1,2", ...given, "--set", "n=16"], [/--set n after --/]],
    [["--seed", "1,2", ...given, "--stesp", "3"], [/unknown option '--stesp'/]],
    [["--seed", "1,2", ...given, "--steps", "0"], [/--steps.*I expected an integer of at least 1/]],
    [["--seed", "1,2", "--", "--data", "a\nb"], [/"a\\nb" has a line break/]],
    [
      ["--set", "layers=1,2"],
      [/no static parameter layers/, /I need --data/],
    ],
    [["--collect", "--runs", data], [/rows\.jsonl is a file, and runs stand in a folder/]],
  ];
  for (const [words, expected, end = 2] of refused) {
    const { code, out, err } = await rnnc("sweep", example("elman"), ...words);
    assert.deepEqual([code, out], [end, ""], `${words.join(" ")} ${err}`);
    for (const each of expected) assert.match(err, each);
  }
});

test("files that are not where a sweep is planned are told, as it may run elsewhere", async () => {
  const words = ["--seed", "1,2", "--", "--data", "/nowhere/rows.jsonl", "--set", "n=4"];
  const { code, out, err } = await rnnc("sweep", example("elman"), ...words);
  assert.deepEqual([code, out.split("\n").length], [0, 3]);
  assert.equal(err, "note: there is no /nowhere/rows.jsonl here.\n");
});

test("a sweep that varies nothing, twice the same, or too much is refused, as is what it says itself", async () => {
  const refused: ReadonlyArray<readonly [ReadonlyArray<string>, RegExp]> = [
    [[], /something that varies/],
    [["--seed", "3..1"], /no values/],
    [["--seed", "1..999999999"], /too many/],
    [["--set", "n"], /n=16,32/],
    [["--set", "n=1,,2"], /missing/],
    [["--set", "n=1", "--set", "n=2"], /n is given twice/],
    [["--set", "n=1,1"], /1 is given twice/],
    [["--set", "n=1..1000", "--seed", "1..1000"], /at most 100000 runs/],
    [["--seed", "1,2", "--", "--run", "x"], /--run after --/],
    [["--seed", "1,2", "--", "--seed", "4"], /--seed after --/],
    [["--set", "layers=1,2"], /no static parameter layers; it has k, n, m/],
    [["--collect", "--runs", "/nowhere/at/all"], /no folder/],
  ];
  for (const [words, expected] of refused) {
    const { code, out, err } = await rnnc("sweep", example("elman"), ...words);
    assert.deepEqual([code, out], [2, ""], words.join(" "));
    assert.match(err, expected);
  }
});
