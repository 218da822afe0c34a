import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import * as E from "fp-ts/lib/Either.js";
import { extentsOf } from "../../src/data/formats/cut.ts";
import { type FormatName, formatNames, formatOf } from "../../src/data/formats/formats.ts";
import { openRecords } from "../../src/data/formats/open.ts";
import { writtenAs } from "../../src/data/formats/write.ts";
import type { DataRecord, Fields } from "../../src/data/record.ts";

const folder = mkdtempSync(join(tmpdir(), "rnnc-readers-"));
let files = 0;
const fileOf = (ending: string, text: string | Uint8Array): string => {
  const path = join(folder, `${files++}.${ending}`);
  writeFileSync(path, text);
  return path;
};

const readAll = (path: string, columns?: ReadonlyArray<string>): ReadonlyArray<E.Either<unknown, DataRecord>> => {
  const opened = openRecords(path, { columns });
  assert.ok(E.isRight(opened), JSON.stringify(opened));
  return Array.from({ length: opened.right.count }, (_, i) => opened.right.at(i));
};

const fieldsIn = (path: string, columns?: ReadonlyArray<string>): ReadonlyArray<Fields> =>
  readAll(path, columns).map((record) => {
    assert.ok(E.isRight(record), JSON.stringify(record));
    return record.right.fields;
  });

interface Sample {
  readonly text: string;
  readonly records: ReadonlyArray<Fields>;
  /** On which lines they stand. */
  readonly lines: ReadonlyArray<number>;
  readonly broken: string;
  readonly line: number;
}

/** Records in each form, and a text of which a line breaks the form. */
const samples: { readonly [Name in FormatName]: Sample } = {
  jsonl: {
    text: '{"x": [[1, 2]], "y": "no"}\n\n{"x": [], "y": null}\r\n',
    records: [
      { x: [[1, 2]], y: "no" },
      { x: [], y: null },
    ],
    lines: [1, 3],
    broken: '{"x": 1}\n{"x": \n',
    line: 2,
  },
  csv: {
    text: 'name,said\r\nann,"no, ""never"""\r\n\r\nbob,"two\nlines"\r\ncy,\r\n',
    records: [
      { name: "ann", said: 'no, "never"' },
      { name: "bob", said: "two\nlines" },
      { name: "cy", said: "" },
    ],
    lines: [2, 4, 6],
    broken: "a,b\n1,2\n3\n",
    line: 3,
  },
  tsv: {
    text: 'name\tsaid\nann\t"no\n\tnothing\n',
    records: [
      { name: "ann", said: '"no' },
      { name: "", said: "nothing" },
    ],
    lines: [2, 3],
    broken: "a\tb\n1\t2\n3\t4\t5\n",
    line: 3,
  },
  conll: {
    text: "# a comment\nThe DT\ndog NN\n\n\nIt PR\n",
    records: [
      { 1: ["The", "dog"], 2: ["DT", "NN"] },
      { 1: ["It"], 2: ["PR"] },
    ],
    lines: [1, 6],
    broken: "The DT\n\nIt PR x\nis\n",
    line: 4,
  },
  tagged: {
    text: "The/at dog/nn\n1/2/cd ./.\n",
    records: [
      { word: ["The", "dog"], tag: ["at", "nn"] },
      { word: ["1/2", "."], tag: ["cd", "."] },
    ],
    lines: [1, 2],
    broken: "a/b\nno\n",
    line: 2,
  },
};

for (const name of formatNames) {
  const { text, records, lines, broken, line } = samples[name];
  test(`.${name} holds records, whatever its form, and each with its line`, () => {
    const path = fileOf(name, text);
    assert.equal(formatOf(path), name);
    assert.deepEqual(fieldsIn(path), records);
    assert.deepEqual(
      readAll(path).map((record) => (E.isRight(record) ? record.right.line : 0)),
      lines,
    );
    assert.deepEqual(readAll(fileOf(name, "")), []);
  });
  test(`what is wrong in .${name} is told with its line, and what is before it stands`, () => {
    const all = readAll(fileOf(name, broken));
    const bad = all.filter(E.isLeft).map(({ left }) => left as { readonly tag: string; readonly line: number });
    assert.deepEqual([bad.length, bad[0]!.tag, bad[0]!.line], [1, "malformedLine", line]);
  });
}

test("a byte order mark is no part of the first name, and a header of semicolons separates by them", () => {
  assert.deepEqual(fieldsIn(fileOf("csv", "\uFEFFa;b\n1,5;2\n")), [{ a: "1,5", b: "2" }]);
  assert.deepEqual(fieldsIn(fileOf("jsonl", '\uFEFF{"a": 1}\n')), [{ a: 1 }]);
});

test("a file without a header is read by the names that are given", () => {
  assert.deepEqual(fieldsIn(fileOf("tsv", "a\tb\nc\td\n"), ["x", "y"]), [
    { x: "a", y: "b" },
    { x: "c", y: "d" },
  ]);
  assert.deepEqual(fieldsIn(fileOf("conll", "a b\n"), ["x", "y"]), [{ x: ["a"], y: ["b"] }]);
});

test("a header whose names are no names is refused, and so is what is not UTF-8", () => {
  for (const header of ["a,a\n1,2\n", "a,\n1,2\n"]) assert.ok(E.isLeft(openRecords(fileOf("csv", header))));
  const [first] = readAll(fileOf("jsonl", new Uint8Array([0x7b, 0xff, 0x7d])));
  assert.match(JSON.stringify(first), /UTF-8/);
});

const cell = fc.stringMatching(/^#?[a-z#]{1,3}$/);
const separated = fc.record({ separator: fc.constantFrom(" ", "\t"), width: fc.integer({ min: 2, max: 4 }) });
const sentences = separated.chain(({ separator, width }) =>
  fc.record({
    separator: fc.constant(separator),
    // A sentence, whatever its tokens begin with, and comments before it, all of other widths than tokens.
    blocks: fc.array(
      fc.record({
        comments: fc.array(
          fc.constantFrom("#", "# sent_id = 1", "# text = #a b", "# newdoc id = x", "# a b c d", "#begin document (a)"),
        ),
        tokens: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 4 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  }),
);

test("no token of .conll is lost, whatever it begins with, and no comment before a sentence, or alone, is a token", () => {
  fc.assert(
    fc.property(sentences, fc.nat(), ({ separator, blocks }, at) => {
      // What a file is like, one line without a `#` tells.
      const known = blocks.map(({ tokens, ...rest }, i) => ({
        ...rest,
        tokens: i === at % blocks.length ? [...tokens, tokens[0]!.map(() => "a")] : tokens,
      }));
      const text = known
        .map(({ comments, tokens }, i) =>
          [
            ...(i % 2 === 0 ? ["# newdoc", "", "#", ""] : []),
            ...comments,
            ...tokens.map((cells) => cells.join(separator)),
          ].join("\n"),
        )
        .join("\n\n");
      const expected = known.map(({ tokens }) =>
        Object.fromEntries(tokens[0]!.map((_, column) => [column + 1, tokens.map((cells) => cells[column]!)])),
      );
      assert.deepEqual(fieldsIn(fileOf("conll", text)), expected);
      assert.deepEqual(fieldsIn(fileOf("conll", `\uFEFF${text}\n\n#end document\n`)), expected);
    }),
  );
});

test("a sentence that is one `#` is a token where it has the columns of one", () => {
  assert.deepEqual(fieldsIn(fileOf("conll", "# NN\n\n# a comment\nThe DT\n\n# of three\n")), [
    { 1: ["#"], 2: ["NN"] },
    { 1: ["The"], 2: ["DT"] },
  ]);
  assert.deepEqual(fieldsIn(fileOf("conll", "# NN\n"), ["word", "tag"]), [{ word: ["#"], tag: ["NN"] }]);
});

test("a line of a sentence that has too few columns is told with its own line, though it begin with `#`", () => {
  for (const [text, line] of [
    ["# text = a b\na DT\n# comment of more\nb NN\n", 3],
    ["#nlp\na DT\n", 1],
    ["a DT\n\n\n# x = y\nb NN\nc NN\nd\n", 7],
  ] as const) {
    const bad = readAll(fileOf("conll", text)).flatMap((record) => (E.isLeft(record) ? [record.left] : []));
    assert.deepEqual(
      bad.map((error) => (error as { readonly line: number }).line),
      [line],
    );
  }
});

const table = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,5}$/), { minLength: 2, maxLength: 4 }).chain((names) =>
  fc.record({
    names: fc.constant(names),
    rows: fc.array(fc.array(fc.string({ unit: "binary" }), { minLength: names.length, maxLength: names.length })),
  }),
);

test("a table that was written as .csv is read as it was, whatever its cells hold", () => {
  fc.assert(
    fc.property(table, ({ names, rows }) => {
      // A row of nothing but spaces and a first cell of nothing are an empty line to everyone.
      const all = rows
        .map((row) => row.map((cell) => cell.replace(/\p{Surrogate}/gu, "").replaceAll("\r", "")))
        .filter((row) => /\S/.test(row.join("")) && row[0] !== "")
        .map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]!])));
      if (all.length === 0) return;
      const answers = all.map((fields) => ({
        sample: { path: "", line: 1, rows: [], fields, group: undefined },
        told: {},
      }));
      const write = writtenAs("csv")({ fields: () => [], group: undefined, placeOf: () => "rows" });
      // However it comes.
      const text = write(answers.slice(0, 1)) + write(answers.slice(1));
      if (text.split("\n")[0]!.includes(";")) return;
      assert.deepEqual(fieldsIn(fileOf("csv", text)), all);
    }),
  );
});

test("where records stand does not depend on how the bytes come", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("a", "\n", '"', " ", "\t") }),
      fc.constantFrom("lines", "quotedLines", "blocks"),
      fc.integer({ min: 1, max: 5 }),
      (text, cut, size) => {
        const bytes = new TextEncoder().encode(text);
        const parts = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
          bytes.subarray(i * size, (i + 1) * size),
        );
        const shown = (chunks: Iterable<Uint8Array>) => {
          const { count, starts, ends, lines } = extentsOf(cut as "lines", chunks);
          return [starts, ends, lines].map((column) => [...column.subarray(0, count)]);
        };
        assert.deepEqual(shown(parts), shown([bytes]));
      },
    ),
  );
});

test("the documents name every ending of examples", () => {
  for (const document of ["docs/command-line.md"]) {
    const text = readFileSync(new URL(`../../${document}`, import.meta.url), "utf8");
    for (const name of formatNames) assert.ok(text.includes(`\`.${name}\``), `${document}: ${name}`);
  }
});
