import { test } from "node:test";
import type { CompileOptions } from "../../src/compile.ts";
import { mustAgree } from "../../src/property/law.ts";
import type { Values } from "../../src/runtime/interface.ts";
import { someOf } from "../often.ts";
import { agreesWithMeaning, type Ready, ready } from "../programs/cases.ts";
import { wholeGradient } from "../programs/differences.ts";
import { adjointMeansTheGradient, equationsMeanTheModel } from "../views/meaning.ts";
import { type Counted, countedForms, type Given, type Letter, sourceOf } from "./counted.ts";

/** As many positions as there are rows in the table of positions, less one: so far `P[t+1]` reads. */
const greatest = 4;

const targets: ReadonlyArray<CompileOptions> = [
  { target: "js", precision: "f64" },
  { target: "wasm", precision: "f64" },
  { target: "js", precision: "f32" },
  { target: "wasm", precision: "f32" },
];

for (const [turn, form] of countedForms.entries()) {
  test(`${form.value} counts from 1, with its gradient, in every back end; its equations and adjoint when printed too`, () => {
    const sizes = { source: sourceOf(form), least: 1, greatest, examples: 2, seed: form.value.length };
    for (const options of someOf(targets, turn)) {
      const here = ready(sizes, options);
      const tolerance = options.precision === "f32" ? 1e-5 : 1e-12;
      here.examples.forEach((_, i) => {
        mustAgree("y", alone(here, i), meant(form, given(here, i)), tolerance);
      });
    }
    agreesWithMeaning(ready(sizes), 1e-12);
    wholeGradient.holds(sizes);
    const { elaborated } = ready(sizes).model;
    equationsMeanTheModel(elaborated, 3);
    adjointMeansTheGradient(elaborated, 3);
  });
}

const given = ({ params, examples }: Ready, i: number): Given => {
  const rows = (values: Values, columns: number) =>
    Array.from({ length: values.length / columns }, (_, row) => [...values.slice(row * columns, (row + 1) * columns)]);
  const { x, w } = examples[i] as unknown as Pick<Given, "x" | "w">;
  const zeros = (size: number): Values => new Float64Array(size);
  return {
    A: rows(params.A ?? zeros(6), 2),
    S: rows(params.S ?? zeros(9), 3),
    P: rows(params.P ?? zeros(10), 2),
    v: [...(params.v ?? zeros(3))],
    x,
    w,
  };
};

const meant = ({ indices, meaning }: Counted, given: Given): ReadonlyArray<number> => {
  const extents: Readonly<Record<Letter, number>> = { t: given.x.length, a: 3, b: 2, c: 3 };
  const visit = (rest: ReadonlyArray<Letter>, at: Readonly<Record<Letter, number>>): ReadonlyArray<number> => {
    const [first, ...others] = rest;
    if (first === undefined) return [meaning(given, at)].flat();
    return Array.from({ length: extents[first] }, (_, i) => visit(others, { ...at, [first]: i + 1 })).flat();
  };
  return visit(indices, { t: 0, a: 0, b: 0, c: 0 });
};

/** The values of `y` that one example gives by itself. */
const alone = ({ model, params, examples }: Ready, i: number): ReadonlyArray<number> => [
  ...model.forward(params, model.pack([examples[i]!])).y!.data,
];
