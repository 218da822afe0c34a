import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as E from "fp-ts/lib/Either.js";
import { type ExampleEnding, exampleEndings, exampleReaders, holdsExamples } from "../../src/data/readers.ts";
import type { Example } from "../../src/runtime/interface.ts";

interface Sample {
  readonly text: string;
  readonly examples: ReadonlyArray<Example>;
  readonly broken: string;
  readonly line: number;
}

/** Examples in each form, and a text of which a line breaks the form. */
const samples: {
  readonly [Ending in ExampleEnding]: Sample;
} = {
  ".jsonl": {
    text: '{"x": [[1, 2]], "y": 0.5}\n\n{"x": [], "y": -3}\r\n',
    examples: [
      { x: [[1, 2]], y: 0.5 },
      { x: [], y: -3 },
    ],
    broken: '{"x": 1}\n{"x": "no"}\n',
    line: 2,
  },
};

for (const ending of exampleEndings) {
  const { text, examples, broken, line } = samples[ending];
  test(`${ending} holds examples, whatever its form, and nothing beside them`, () => {
    assert.ok(holdsExamples(`data${ending}`));
    assert.deepEqual(exampleReaders[ending]("data", text), E.right(examples));
    assert.deepEqual(exampleReaders[ending]("data", ""), E.right([]));
  });
  test(`what is wrong in ${ending} is told with its line`, () => {
    const read = exampleReaders[ending]("data", broken);
    assert.ok(E.isLeft(read) && read.left.tag === "malformedLine");
    assert.deepEqual([read.left.path, read.left.line], ["data", line]);
  });
}

test("the documents name every ending of examples", () => {
  for (const document of ["README.md", "docs/command-line.md"]) {
    const text = readFileSync(new URL(`../../${document}`, import.meta.url), "utf8");
    for (const ending of exampleEndings) assert.ok(text.includes(`\`${ending}\``), `${document}: ${ending}`);
  }
});
