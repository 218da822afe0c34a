import assert from "node:assert/strict";
import { agreesWithDifferences, inner, lossAlong, moved } from "../../src/property/difference.ts";
import { hessianVector } from "../../src/property/index.ts";
import { mustAgree } from "../../src/property/law.ts";
import type { Params } from "../../src/runtime/interface.ts";
import { cases, learned, type Ready, ready, withoutStop } from "./cases.ts";
import type { ProgramLaw } from "./laws.ts";

export const wholeGradient: ProgramLaw = {
  name: "the gradient of a program is the limit of differences, at every component of every parameter",
  given: cases({ smooth: false }),
  holds: (given) => {
    const here = ready(given);
    const { gradient } = here.model.gradient(here.params, here.batch);
    const params = learned(here, here.params);
    assert.deepEqual(Object.keys(gradient).sort(), Object.keys(params).sort());
    for (const [path, values] of Object.entries(params))
      for (const place of values.keys()) agrees(here, gradient, unit(params, path, place));
  },
  usual: 300,
};

export const secondDerivative: ProgramLaw = {
  name: "the second derivative of a program is symmetric, and the limit of differences of gradients",
  given: withoutStop(cases({ smooth: true })),
  holds: (given) => {
    const here = ready(given);
    const { model, params, batch } = here;
    const apply = hessianVector(model);
    const [u, v] = [0, 1].map((turn) => directionOf(learned(here, params), turn)) as [Params, Params];
    const product = inner(apply(params, batch, u), v);
    mustAgree("u H v", [inner(apply(params, batch, v), u)], [product], 1e-9);
    const along = (step: number): number => inner(model.gradient(moved(params, u, step), batch).gradient, v);
    mustAgree("v H u", [(along(1e-5) - along(-1e-5)) / 2e-5], [product], 1e-5);
  },
  usual: 200,
};

/** With infinite values that nothing reads. */
export const secondOnMachines: ProgramLaw = {
  name: "WebAssembly gives the second derivatives that JavaScript gives",
  given: cases({ smooth: false }),
  holds: (given) => {
    const here = ready(given);
    const { model, params, batch } = here;
    const direction = directionOf(learned(here, params), 0);
    const [expected, found] = (["js", "wasm"] as const).map((target) =>
      hessianVector(model, { target })(params, batch, direction),
    );
    for (const [path, values] of Object.entries(expected!))
      mustAgree(`the second derivative by ${path}`, found![path]!, values, 1e-9);
  },
  usual: 60,
};

/** A component counts beside the others of its parameter. */
const agrees = ({ model, params, batch }: Ready, gradient: Params, direction: Params): void => {
  const derivative = inner(gradient, direction);
  const { agrees: isSame, difference } = agreesWithDifferences(
    lossAlong(model, params, batch, direction),
    derivative,
    1e-6,
    Math.max(...Object.keys(direction).flatMap((path) => Array.from(gradient[path]!, Math.abs))),
  );
  assert.ok(isSame, `the derivative is ${derivative}, not ${difference}`);
};

/** By the parameters' names and places, always the same. */
const directionOf = (params: Params, turn: number): Params =>
  Object.fromEntries(
    Object.entries(params).map(([path, values]) => [
      path,
      values.map((_, i) => Math.sin(path.length + 3 * i + 7 * turn)),
    ]),
  ) as Params;

const unit = (params: Params, path: string, place: number): Params =>
  ({
    [path]: params[path]!.map((_, i) => (i === place ? 1 : 0)),
  }) as Params;
