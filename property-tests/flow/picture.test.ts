import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import { carriedOf } from "../../src/flow/carried.ts";
import { flowOf } from "../../src/flow/flow.ts";
import { portraitJson } from "../../src/flow/json.ts";
import { flowPage } from "../../src/flow/picture/page.ts";
import type { Portrait } from "../../src/flow/picture/portrait.ts";
import { flowSvg } from "../../src/flow/picture/svg.ts";
import { compiledProgram } from "../property/programs.ts";
import { mustBeXml } from "../views/xml.ts";
import { subjectOf } from "./programs.ts";

const example = (name: string): string => readFileSync(new URL(`../../examples/${name}.rnn`, import.meta.url), "utf8");

/** As parameters are drawn by two seeds. */
const portraitOf = (
  source: string,
  statics: Readonly<Record<string, number>>,
  length: number,
  of?: ReadonlyArray<ReadonlyArray<string>>,
): Portrait => {
  const compiled = compiledProgram(source, { statics });
  const { elaborated, model, init } = compiled;
  const given = randomExample(model, xoroshiro128plus(1), { least: length, greatest: length });
  const subjects = of?.map((names) => subjectOf(compiled, names)) ?? carriedOf(elaborated).map((state) => [state]);
  const measure = flowOf(elaborated, subjects);
  return {
    model: model.name,
    about: "<an example> & 'more'",
    flows: [
      { when: "before training", flow: measure(init(1), given) },
      { when: "after training", flow: measure(init(2), given) },
    ],
  };
};

type Norms = ReadonlyArray<ReadonlyArray<number>>;

interface Numbers {
  readonly states: readonly [{ readonly spectral: Norms; readonly loss: Norms }];
  readonly terms: ReadonlyArray<{ readonly norms: Norms }>;
}

/** The numbers at which squares of heat maps point, in order. */
const pointed = (svg: string): ReadonlyArray<readonly [string, string, string]> =>
  [...svg.matchAll(/<title>\w+ = (\d+), \w+ = (\d+): ([^<]*)<\/title>/g)].map(
    ([, t, k, value]) => [t!, k!, value!] as const,
  );

test("the picture and the page show the numbers that JSON tells, for every pair of positions", () => {
  const portrait = portraitOf(example("char-lm"), { V: 5, n: 4 }, 7, [["h", "h.c"]]);
  const { flows } = JSON.parse(portraitJson(portrait));
  const maps: ReadonlyArray<Norms> = [
    ...flows.flatMap(({ states: [{ spectral, loss }] }: Numbers) => [spectral, loss]),
    ...flows.flatMap(({ terms }: Numbers) => terms.map(({ norms }) => norms)),
  ];
  const told = maps.flatMap((values) =>
    values.flatMap((row, k) =>
      row.flatMap((value, t) =>
        value === 0 ? [] : [[String(t + 1), String(k + 1), String(Number(value.toPrecision(6)))]],
      ),
    ),
  );
  // Before the first position there is no state that a matrix could be multiplied with.
  assert.equal(told.length, 2 * (2 * 28 + 4 * 21));
  for (const drawn of [flowSvg(portrait), flowPage(portrait)]) assert.deepEqual(pointed(drawn), told);
});

const mustBeDrawn = (portrait: Portrait): void => {
  const [svg, page] = [flowSvg(portrait), flowPage(portrait)];
  mustBeXml(svg);
  assert.match(svg, /prefers-color-scheme:dark/);
  const own = page.replaceAll('xmlns="http://www.w3.org/2000/svg"', "");
  assert.doesNotMatch(own, /<script|https?:|url\(|@import|src=/);
  for (const [drawing] of page.matchAll(/<svg[\s\S]*?<\/svg>/g)) mustBeXml(drawing);
  assert.doesNotMatch(svg + page, /NaN|undefined|Infinity/);
};

test("pictures are well-formed XML, on light and on dark paper, and the page holds all that it shows", () => {
  for (const [source, statics, length, of] of [
    [example("gradient-propagation"), { n: 3 }, 6],
    [example("two-delays"), { n: 3 }, 1],
    [example("elman"), { n: 3 }, 0],
    [example("bidirectional"), { n: 2 }, 5, [["g"]]],
  ] as const)
    mustBeDrawn(portraitOf(source, statics, length, of));
});

test("a gradient that grows out of all numbers, or vanishes, is drawn all the same", () => {
  for (const [scale, last] of [
    ["1e30", null],
    ["1e-30", 0],
  ] as const) {
    const source = `model M {
  axis t in 1..T
  input x[t]
  h[0] = 0
  h[t] = ${scale} * h[t-1] + x[t]
  minimize sum[t](h[t])
}`;
    const portrait = portraitOf(source, {}, 30);
    const { spectral } = JSON.parse(portraitJson(portrait)).flows[0].states[0];
    assert.equal(spectral[0][29], last);
    const [svg, page] = [flowSvg(portrait), flowPage(portrait)];
    mustBeXml(svg);
    // Where one points at a square stands what it is.
    assert.doesNotMatch(`${svg}${page}`.replaceAll(/<title>[^<]*<\/title>/g, ""), /NaN|undefined|Infinity/);
  }
});
