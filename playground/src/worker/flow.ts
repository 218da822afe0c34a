import * as E from "fp-ts/lib/Either.js";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../../src/check/random-example.ts";
import { flowOf } from "../../../src/flow/flow.ts";
import { rowsOf } from "../../../src/flow/picture/rows.ts";
import { subjectsOf } from "../../../src/flow/subjects.ts";
import { panelSvg, style } from "../../../src/views/chart/panel.ts";
import type { Flow, Given } from "../protocol.ts";
import { rightProgram } from "./compiled.ts";

/** What flows through time in a model, as it is initialised and, if it was trained, after that. */
export const flow = ({ length, seed, example, trained, ...program }: Given<"flow">): Flow => {
  const { elaborated, model, init } = rightProgram(program, { precision: "f64" });
  const subjects = subjectsOf(elaborated, undefined);
  if (E.isLeft(subjects)) throw new Error(subjects.left);
  const followed = example ?? randomExample(model, xoroshiro128plus(seed), { least: length, greatest: length });
  const measure = flowOf(elaborated, subjects.right);
  const flows = [
    { when: trained === null ? "" : "before training", flow: measure(init(seed), followed) },
    ...(trained === null ? [] : [{ when: "after training", flow: measure(trained, followed) }]),
  ];
  const about = example === null ? `On a random example of length ${length}.` : "On an example of the data.";
  return {
    about: `${about} Parameters as seed ${seed} draws them${trained === null ? "" : ", and after training"}.`,
    style,
    rows: rowsOf({ model: model.name, about, flows }).map(({ heading, notes, panels }) => ({
      heading,
      notes: notes.join(" "),
      panels: panels.map(panelSvg),
    })),
  };
};
