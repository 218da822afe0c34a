import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Report } from "../../src/measure/measure.ts";
import { lossText, tablesOf } from "../../src/measure/table.ts";
import type { MeasuredTarget } from "../../src/measure/target.ts";
import { gradientNorms } from "../../src/report/gradient-norms.ts";
import { reportPage } from "../../src/report/page.ts";
import type { RunReport } from "../../src/report/run-report.ts";
import { pointedText } from "../../src/views/chart/scale.ts";
import { text } from "../../src/views/page/html.ts";
import { elementsOf, rowsIn, textOf } from "./elements.ts";

/** A target of three classes that are called so. */
const targetNamed = (called: string, classes: ReadonlyArray<string>, kind: MeasuredTarget["kind"]): MeasuredTarget => ({
  name: called,
  variable: "y",
  family: kind === "reals" ? "normal" : "categorical",
  kind,
  indices: ["t"],
  width: 1,
  component: undefined,
  field: called,
  classes,
  scaling: undefined,
});

/** A run in which everything that anybody may have written is one of these words, and every number of a curve one of those. */
const runWith = (
  word: string,
  other: string,
  losses: ReadonlyArray<number | null>,
  kind: MeasuredTarget["kind"],
): RunReport => {
  const target = targetNamed(word, [word, other, `${word}${other}`], kind);
  const estimate = { value: 0.25, interval: [0.125, 0.5] as const };
  const report: Report = {
    examples: 7,
    block: 1,
    loss: estimate,
    targets: [
      {
        target,
        observations: 9,
        rows: [
          { name: "model", estimates: [estimate, estimate, estimate, undefined] },
          { name: `commonest by ${word}`, estimates: [estimate, estimate, estimate, undefined] },
        ],
        classes:
          kind === "classes"
            ? {
                scores: [0, 1].map((symbol) => ({ symbol, precision: 0.5, recall: 0.25, f1: 0.375, support: 4 })),
                confusion: new Map([
                  [
                    0,
                    new Map([
                      [0, 3],
                      [1, 1],
                    ]),
                  ],
                  [
                    1,
                    new Map([
                      [0, 2],
                      [1, 2],
                    ]),
                  ],
                ]),
              }
            : undefined,
      },
    ],
  };
  const observed = {
    places: Int32Array.of(0, 1, 2),
    actual: Float64Array.of(0, 1, 2),
    said: {
      expected: Float64Array.of(0, 0, 1),
      nats: Float64Array.of(0.1, 2, 9),
      ...(kind === "reals" ? { deviation: Float64Array.of(1, 2, 3) } : {}),
    },
  };
  return {
    model: word,
    about: `${word} of ${other}`,
    log: losses.map((loss, i) => ({
      step: 10 * i,
      epoch: i,
      loss,
      heldOut: loss === null ? null : 2 * loss,
      norm: 0.5 + i,
      rate: 0.01,
      seconds: i,
      norms: Object.fromEntries([
        [`W${word}`, 0.25 + i],
        [`b${other}`, 0.5 + i],
      ]),
    })),
    step: 10,
    report,
    resamples: 1000,
    parameters: [`W${word}`, `b${other}`].map((path) => ({ path, shape: [2, 3], norm: 1.5, gradient: 0.75 })),
    examples: [
      {
        place: `${word}, line 3`,
        example: {},
        inputs: [
          { name: word, tokens: [word, other, word], isText: false },
          { name: other, tokens: [other], isText: true },
        ],
        targets: [{ target, observed, past: undefined }],
      },
    ],
    alignments: [
      {
        title: `${word}[i,j]`,
        about: other,
        sides: [
          { name: "i", labels: [word, other], isWords: true },
          { name: "j", labels: ["1", "2"], isWords: false },
        ],
        values: [
          [0.25, 0.75],
          [0.5, 0.5],
        ],
      },
    ],
    drawn: [{ from: word, text: other, actual: kind === "words" ? word : undefined }],
    equations: `\\begin{align*}\n  h_{t} &= x_{t} \\\\\n  y &\\sim 2 \\text{weight }\n\\end{align*}`,
    circuit: undefined,
    program: `model ${word} {}`,
    command: `rnnc train ${word}`,
    facts: [[word, other]],
  };
};

const kinds = ["classes", "characters", "words", "reals"] as const;
const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom(
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style><b>",
    "' onload='x",
    "]]>",
    "<!--",
    "&lt;b&gt;",
    "https://example.org/x.js",
    "\u202egnp.exe",
    "\0",
    "__proto__",
  ),
);

const allowed = new Set(
  "html meta title style body h1 h2 h3 p section div table tr th td span sub details summary pre dl dt dd figure figcaption blockquote svg g text line rect path circle polyline polygon math mrow mi mn mo mtext msub msup msubsup mfrac msqrt munder mover munderover merror mtable mtr mtd mspace".split(
    " ",
  ),
);

test("whatever a run, its data and its program call things, a page has no element or attribute that it would not have with plain names", () => {
  fc.assert(
    fc.property(hostile, hostile, fc.constantFrom(...kinds), (word, other, kind) => {
      const page = reportPage(runWith(word, other, [null, 2, 1], kind));
      const plain = reportPage(runWith("a", "b", [null, 2, 1], kind));
      const formOf = (html: string) =>
        elementsOf(html).map(({ name: element, attributes }) => `${element} ${Object.keys(attributes).join()}`);
      // What is held to be the same as the data may differ, and with it a mark of what is wrong.
      if (word !== other) assert.deepEqual(formOf(page), formOf(plain));
      for (const { name: element, attributes } of elementsOf(page)) {
        assert.ok(allowed.has(element), element);
        for (const attribute of Object.keys(attributes)) assert.doesNotMatch(attribute, /^on|^href|^src|^xlink/i);
      }
      assert.ok(textOf(page).includes(textOf(text(`model ${word} {}`))), "what was written is there as it was written");
    }),
  );
});

test("whatever stands in equations, they are mathematics", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(hostile, fc.constantFrom("\\frac", "\\text{", "{", "}", "_", "^", "&", "\\\\"))),
      (parts) => {
        const page = reportPage({ ...runWith("a", "b", [null, 2, 1], "classes"), equations: parts.join("") });
        for (const { name: element } of elementsOf(page)) assert.ok(allowed.has(element), element);
      },
    ),
  );
});

test("a page refers to nothing outside of it", () => {
  for (const kind of kinds) {
    const page = reportPage(runWith("a", "b", [null, 2, 1], kind));
    for (const { name: element, attributes } of elementsOf(page))
      for (const [attribute, value] of Object.entries(attributes))
        if (attribute !== "xmlns") assert.doesNotMatch(value, /https?:|\/\/|url\(/, `${element} ${attribute}`);
    assert.doesNotMatch(page, /@import|url\(|<script|<link|<iframe|<object|<img/i);
    assert.match(page, /Content-Security-Policy" content="default-src 'none'/);
    assert.match(page, /prefers-color-scheme:dark/);
    assert.match(page, /@media print/);
  }
});

test("the gradient by each parameter is a curve through what the log says of it, on one scale; runs of before have none", () => {
  const run = runWith("h.W", "h.b", [3, 2, 1], "classes");
  const many = Array.from({ length: 40 }, (_, i) => [`layer.${i}.weights`, 1 + i] as const);
  const log = run.log.map((line, i) => ({
    ...line,
    norms: Object.fromEntries(many.map(([path, norm]) => [path, norm * (i + 1)])),
  }));
  const { panels, left } = gradientNorms(
    log,
    many.map(([path]) => path),
  );
  const bodies = panels.map(({ body }) => body).join("");
  assert.equal(left, 4);
  for (const [path] of many) assert.equal(bodies.includes(`>${path}</text>`), Number(path.split(".")[1]) >= 4, path);
  assert.equal(bodies.match(/<polyline/g)!.length, 36);
  // Each of 36 norms is told where its curve has a point.
  for (const [, norm] of many.slice(4)) assert.ok(bodies.includes(`<title>20: ${pointedText(3 * norm)}</title>`));
  const page = reportPage(run);
  assert.ok(page.includes(">Gradient by each parameter</text>"));
  assert.ok(
    page.includes(`<title>10: ${pointedText(1.25)}</title>`) && page.includes(`<title>10: ${pointedText(1.5)}</title>`),
  );
  const before = run.log.map(({ norms, ...line }) => line);
  assert.deepEqual(gradientNorms(before, ["Wh.W"]), { panels: [], left: 0 });
  assert.doesNotMatch(reportPage({ ...run, log: before }), /Gradient by each parameter/);
});

test("the numbers of a page are those that were measured and logged, in the words of eval", () => {
  const losses0 = fc.option(fc.double({ min: -3, max: 9, noNaN: true }), { nil: null });
  fc.assert(
    fc.property(fc.array(losses0, { minLength: 1, maxLength: 8 }), fc.constantFrom(...kinds), (losses, kind) => {
      const run = runWith("a", "b", losses, kind);
      const page = reportPage(run);
      assert.ok(textOf(page).includes(lossText(run.report, 1000)));
      const rows = new Set(rowsIn(page).map((row) => row.join("|")));
      const { measures, classes } = tablesOf(run.report.targets[0]!);
      for (const line of [...measures, ...(classes === undefined ? [] : [...classes.scores, ...classes.confusion])])
        assert.ok(rows.has(line.join("|")), line.join("|"));
      for (const { step, epoch, loss, heldOut, seconds } of run.log) {
        const shown = [loss, heldOut].map((value) => (value === null ? "–" : pointedText(value)));
        assert.equal(rows.has([step, epoch, ...shown, seconds].join("|")), heldOut !== null);
      }
    }),
    { numRuns: 40 },
  );
});
