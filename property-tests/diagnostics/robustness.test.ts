import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { report } from "../../src/syntax/report.ts";
import { scan, type Token } from "../../src/syntax/scan.ts";
import { often } from "../often.ts";
import { diagnosticsOf, realPrograms, textOf } from "./sources.ts";

type Slip = (tokens: ReadonlyArray<Token>, place: number, other: number) => ReadonlyArray<Token>;

/** What fingers do to a program. */
const slips = {
  drop: (tokens, place) => tokens.toSpliced(place, 1),
  double: (tokens, place) => tokens.toSpliced(place, 0, tokens[place]!),
  swap: (tokens, place, other) => tokens.with(place, tokens[other]!).with(other, tokens[place]!),
  "swap neighbours": (tokens, place) =>
    place === 0 ? tokens : tokens.toSpliced(place - 1, 2, tokens[place]!, tokens[place - 1]!),
  copy: (tokens, place, other) => tokens.with(place, tokens[other]!),
} as const satisfies Record<string, Slip>;

const slipped = (source: string, slip: Slip, place: number, other: number): string => {
  const tokens = scan(source);
  const behind = new Map(tokens.map((token, i) => [token, source.slice(token.end, tokens[i + 1]?.start)]));
  return slip(tokens, place % tokens.length, other % tokens.length)
    .map((token) => token.text + behind.get(token)!)
    .join("");
};

/** Nothing is thrown, and every place that a message names lies in the text it speaks of. */
const isSoundAbout = (source: string): void => {
  for (const diagnostic of diagnosticsOf(source)) {
    for (const { span } of diagnostic.labels) {
      const text = textOf(source)(span.file);
      assert.ok(0 <= span.start && span.start <= span.end && span.end <= text.length, JSON.stringify(diagnostic));
    }
    assert.ok(report(textOf(source), false)(diagnostic).includes(diagnostic.code));
  }
};

test("the programs of the project have no errors", () => {
  for (const source of realPrograms)
    for (const { severity, message } of diagnosticsOf(source))
      assert.equal(severity, "warning", `${message}\n${source}`);
});

for (const [name, slip] of Object.entries(slips)) {
  test(`a real program after a slip (${name}) is compiled or refused, never thrown at`, () => {
    const sources = fc.constantFrom(...realPrograms);
    fc.assert(
      fc.property(sources, fc.nat(), fc.nat(), (source, place, other) =>
        isSoundAbout(slipped(source, slip, place, other)),
      ),
      { numRuns: Number(process.env.FUZZ ?? often(100)) },
    );
  });
}

test("a real program after several slips is compiled or refused, never thrown at", () => {
  const slip = fc.record({ kind: fc.constantFrom(...Object.values(slips)), place: fc.nat(), other: fc.nat() });
  fc.assert(
    fc.property(fc.constantFrom(...realPrograms), fc.array(slip, { minLength: 2, maxLength: 6 }), (source, many) =>
      isSoundAbout(many.reduce((text, { kind, place, other }) => slipped(text, kind, place, other), source)),
    ),
    { numRuns: Number(process.env.FUZZ ?? often(100)) },
  );
});
