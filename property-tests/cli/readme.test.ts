import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pictures } from "../../docs/pictures.ts";
import { helpExamples } from "../../src/cli/help-examples.ts";
import { viewNames } from "../../src/cli/show-options.ts";
import { callableNames } from "../../src/elaborate/functions.ts";
import { targetNames } from "../../src/emit/targets.ts";
import { newFolder, rnnc } from "./run-rnnc.ts";

const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const blocks = [...readme.matchAll(/```(\w*)\n([\s\S]*?)```/g)].map(([, kind, text]) => ({ kind, text: text! }));
const folder = newFolder();
const model = join(folder, "elman.rnn");
writeFileSync(model, blocks.find(({ text }) => text.includes("model Elman"))!.text);

test("the README's model is right, and its gradient is exact", async () => {
  assert.equal((await rnnc("check", model)).code, 0);
  assert.equal((await rnnc("gradcheck", model)).code, 0);
});

/** In a Node of its own: what reads TypeScript here takes a `.js` beside no package.json for CommonJS, Node does not. */
test("the README's use of the module runs", async () => {
  assert.equal((await rnnc("compile", model, "--set", "n=64", "-o", join(folder, "elman.js"))).code, 0);
  const use = join(folder, "use.mjs");
  writeFileSync(use, blocks.find(({ kind, text }) => kind === "js" && text.includes("./elman.js"))!.text);
  const { status, stderr } = spawnSync(process.execPath, [use], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
});

test("the documents name every command, every view and every exit code", () => {
  const commands = readFileSync(new URL("../../docs/command-line.md", import.meta.url), "utf8");
  for (const command of Object.keys(helpExamples).filter((words) => words !== "rnnc" && !words.includes(" ")))
    assert.ok(readme.includes(`\`rnnc ${command} `), command);
  for (const command of Object.keys(helpExamples).filter((words) => words !== "rnnc"))
    assert.ok(commands.includes(`\`rnnc ${command} `), command);
  for (const view of viewNames)
    for (const document of [readme, commands]) assert.ok(document.includes(`\`${view}\``), view);
  for (const code of [0, 1, 2, 3, 4, 70, 130]) assert.match(commands, new RegExp(`^\\| ${code} \\|`, "m"));
});

test("the documents name every function and every target", () => {
  const [language, commands] = ["language", "command-line"].map((name) =>
    readFileSync(new URL(`../../docs/${name}.md`, import.meta.url), "utf8"),
  );
  const spans = [...language!.matchAll(/`[^`]+`/g)].join(" ");
  for (const name of callableNames) assert.match(spans, new RegExp(`\\b${name}\\b`), name);
  for (const target of targetNames) assert.match(commands!, new RegExp(`--target [\\w|]*\\b${target}\\b`), target);
});

test("the README's pictures are those of its model", async () => {
  for (const [name, command, ...words] of pictures) {
    const drawn = join(folder, `${name}.svg`);
    assert.equal((await rnnc(command, model, ...words, "-o", drawn)).code, 0);
    const kept = new URL(`../../docs/pictures/${name}.svg`, import.meta.url);
    assert.equal(readFileSync(drawn, "utf8"), readFileSync(kept, "utf8"), "`npm run docs` makes them");
  }
});
