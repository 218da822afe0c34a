import * as E from "fp-ts/lib/Either.js";
import { stepsOf } from "../views/step/build-step.ts";
import { stepsSvg } from "../views/step/draw.ts";
import type { Step } from "../views/step/step.ts";
import { stepsText } from "../views/step/text.ts";
import { usageError } from "./failure.ts";
import type { Draw, Draws } from "./show-options.ts";
import { ordersIn } from "./show-texts.ts";

const drawn =
  (print: (steps: ReadonlyArray<Step>, name: string) => string): Draw =>
  (opened) => {
    const model = opened.compiled.elaborated;
    const steps = stepsOf(model, ordersIn(opened));
    return steps.length === 0
      ? E.left(usageError("This model has no state that goes from one position to the next, and so no step to draw"))
      : E.right(print(steps, model.name));
  };

/** One step of each recurrence: states that are only scaled and added to run straight through. */
export const stepDraws: Draws = new Map([
  ["text", drawn(stepsText)],
  ["svg", drawn((steps, name) => stepsSvg(`step ${name}`, steps))],
  ["json", drawn((steps) => `${JSON.stringify({ steps }, null, 2)}\n`)],
]);
