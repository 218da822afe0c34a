import assert from "node:assert/strict";
import { test } from "node:test";
import type { Command } from "commander";
import { createColors } from "picocolors";
import { commands } from "../../src/cli/command-line.ts";
import { commandsOf, helpExamples } from "../../src/cli/help-examples.ts";
import { otherNames } from "../../src/cli/other-names.ts";
import { rnnc } from "./run-rnnc.ts";
import { wordsOf } from "./words.ts";

const silent = { out: () => undefined, err: () => undefined, interactive: false, paint: createColors(false) };

/** The commands, which do nothing; `ran` says how often one of them was to. */
const idle = (): { readonly program: Command; readonly ran: () => number } => {
  let count = 0;
  const program = commands(silent, () => async () => {
    count += 1;
  });
  return { program, ran: () => count };
};

const isHidden = (command: Command): boolean => (command as unknown as { _hidden?: boolean })._hidden === true;
const listed = commandsOf(idle().program).filter(([, command]) => !isHidden(command));

test("every command has examples, and there are none of commands that are gone", () => {
  assert.deepEqual(Object.keys(helpExamples).toSorted(), listed.map(([words]) => words).toSorted());
  for (const examples of Object.values(helpExamples)) assert.ok(examples.length > 0);
});

for (const [words, examples] of Object.entries(helpExamples)) {
  test(`each example in the help of ${words} is taken by that command`, async () => {
    for (const { line } of examples) {
      const { program, ran } = idle();
      const [called, ...given] = wordsOf(line);
      assert.equal(called, "rnnc");
      if (words !== "rnnc" && words !== "weights")
        assert.deepEqual(given.slice(0, words.split(" ").length), words.split(" "), line);
      await program.parseAsync([...given], { from: "user" });
      assert.equal(ran(), 1, line);
    }
  });
}

test("what no command takes is refused where an example is looked at", async () => {
  const { program } = idle();
  await assert.rejects(program.parseAsync(["check", "elman.rnn", "--wach"], { from: "user" }), /Did you mean --watch/);
});

test("every option by which others are known elsewhere is one of some command, and none of its other names is an option there", () => {
  const options = listed.map(([, command]) => command.options.flatMap(({ long }) => long ?? []));
  for (const [option, names] of Object.entries(otherNames)) {
    const having = options.filter((own) => own.includes(option));
    assert.ok(having.length > 0, option);
    for (const name of names.split(" "))
      assert.ok(
        having.some((own) => !own.includes(`--${name}`)),
        name,
      );
  }
});

test("an option under the name that it has elsewhere is named as it is here, and so is where the options are listed", async () => {
  const meant: ReadonlyArray<readonly [words: string, other: string, option: string]> = [
    ["train", "--lr", "--rate"],
    ["train", "--learning_rate=3", "--rate"],
    ["train", "--epoch", "--epochs"],
    ["train", "--batch-size", "--streams"],
    ["check", "--batch-size", "--batch"],
    ["generate", "--prompt", "--prefix"],
    ["generate", "--output", "--out"],
  ];
  for (const [words, other, option] of meant) {
    const { code, err } = await rnnc(...words.split(" "), "a", other, "3");
    assert.equal(code, 2);
    assert.equal(
      err,
      `error: unknown option '${other}'\n(Did you mean ${option}?)\n(rnnc ${words} --help lists the options)\n`,
    );
  }
  assert.match((await rnnc("trian")).err, /train\?\)\n\(rnnc --help lists the commands\)/);
});

test("the help of every command shows its examples, each beside what it does", async () => {
  for (const [words] of listed) {
    const { code, out } = await rnnc(...(words === "rnnc" ? [] : words.split(" ")), "--help");
    assert.equal(code, 0);
    for (const { line, does } of helpExamples[words]!) assert.ok(out.includes(`  ${line}\n      ${does}`), out);
  }
});
