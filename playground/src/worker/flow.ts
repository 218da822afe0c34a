import * as E from "fp-ts/lib/Either.js";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../../src/check/random-example.ts";
import { flowOf } from "../../../src/flow/flow.ts";
import { flowSvg } from "../../../src/flow/picture/svg.ts";
import { subjectsOf } from "../../../src/flow/subjects.ts";
import { summaryText } from "../../../src/flow/summary.ts";
import type { Flow, Given } from "../protocol.ts";
import { rightProgram } from "./compiled.ts";

/** What flows through time in a model as it is initialised, on a random example. */
export const flow = ({ length, seed, ...program }: Given<"flow">): Flow => {
  const { elaborated, model, init } = rightProgram(program, { precision: "f64" });
  const subjects = subjectsOf(elaborated, undefined);
  if (E.isLeft(subjects)) throw new Error(subjects.left);
  const example = randomExample(model, xoroshiro128plus(seed), { least: length, greatest: length });
  const found = flowOf(elaborated, subjects.right)(init(seed), example);
  const about = `as initialised by seed ${seed}, on a random example of length ${length}`;
  return {
    svg: flowSvg({ model: model.name, about, flows: [{ when: "", flow: found }] }),
    text: found.states.map(summaryText).join("\n"),
  };
};
