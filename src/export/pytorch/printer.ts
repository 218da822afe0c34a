import { sortAxes } from "../../circuit/axis.ts";
import type { Circuit, NodeId, Output } from "../../circuit/circuit.ts";
import type { Dims } from "./dims.ts";
import { aligned, expanded } from "./layout.ts";
import { newLocals } from "./locals.ts";
import { homesOf, type Step } from "./loops.ts";
import { planOf } from "./plan.ts";
import type { Setting } from "./setting.ts";
import { newStatements } from "./statements.ts";
import { atom, type Piece, within } from "./text.ts";
import { newValues } from "./values.ts";

/** The body of a function: what it begins with, then statements in order; and how each output is told. */
export interface Printed {
  readonly preamble: ReadonlyArray<string>;
  /** Statements by what first needs them: outputs, then the loss alone. */
  readonly forward: ReadonlyArray<string>;
  readonly further: ReadonlyArray<string>;
  /** A result in all of its axes, in the order that is given. */
  readonly result: (node: NodeId, axes: Dims) => string;
}

/** A circuit as a function of Python: outputs that are first, and what is left for the others. */
export const printCircuit = (circuit: Circuit, setting: Setting, isFirst: (output: Output) => boolean): Printed => {
  const plan = planOf(circuit, setting.isCounted, isFirst);
  const locals = newLocals(setting);
  const values = newValues(plan, setting, locals);
  const linesOf = newStatements(plan, setting, locals, values);
  const isEarly = (step: Step): boolean =>
    step.tag === "node" ? plan.early.has(step.id) : [...homesOf(step.body).keys()].some((id) => plan.early.has(id));
  const forward = linesOf(plan.steps.filter(isEarly));
  const further = linesOf(plan.steps.filter((step) => !isEarly(step)));
  const realPiece = (id: NodeId): Piece => {
    const piece = values.scribe.read(id, []);
    const isReal = piece.isNumber === true || plan.kinds[id] === "real";
    return isReal ? piece : atom(`${within(piece, "atom")}.to(dtype)`);
  };
  return {
    preamble: locals.preamble,
    forward,
    further,
    result: (id, axes) => {
      const sorted = sortAxes(axes);
      const full = expanded(values.scribe, { piece: realPiece(id), dims: plan.dims[id]! }, sorted);
      const mask = locals.inside(sorted, []);
      const clean = mask === undefined ? full : atom(`torch.where(${aligned(mask, sorted).text}, ${full.text}, 0)`);
      const order = axes.map((axis) => sorted.findIndex(({ key }) => key === axis.key));
      return order.every((place, i) => place === i)
        ? clean.text
        : `${within(clean, "atom")}.permute(${order.join(", ")})`;
    },
  };
};
