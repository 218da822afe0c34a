import { absorbWherePicked } from "../../circuit/absorb.ts";
import { sortAxes } from "../../circuit/axis.ts";
import { newBuilder } from "../../circuit/build.ts";
import type { Output } from "../../circuit/circuit.ts";
import type { Model } from "../../circuit/model.ts";
import { rewritten } from "../../circuit/rewritten.ts";
import type { Diagnostic } from "../../syntax/diagnostic.ts";
import { lengthLimits } from "../counting.ts";
import { computedPositions } from "../positions.ts";
import type { Shapes } from "../shape/infer.ts";
import type { System } from "../system.ts";
import { buildLosses } from "./losses.ts";
import { cellSpecs, inputSpecs, parameterSpecs } from "./specs.ts";
import { axesOf, buildVariables } from "./variables.ts";

/**
 * Builds the circuit of a right system; `order` puts every variable after those it needs at the same position, `reached`
 * are those that something needs.
 */
export const assembleModel = (
  system: System,
  shapes: Shapes,
  order: ReadonlyArray<string>,
  reached: ReadonlySet<string>,
  warnings: ReadonlyArray<Diagnostic>,
): Model => {
  const b = newBuilder();
  const built = buildVariables(b, system, shapes, order);
  const outputs = system.outputs.map(
    ({ name, path }): Output => ({
      role: "output",
      name,
      node: built.nodeOf(path),
      axes: sortAxes(axesOf(shapes, system.variables.get(path)!)),
    }),
  );
  const { randoms, besides, outputs: ofLosses } = buildLosses(built, reached);
  const model: Model = {
    name: system.name,
    axes: system.axes,
    parameters: parameterSpecs(system, shapes, order),
    cells: cellSpecs(system),
    inputs: inputSpecs(system, shapes),
    randoms,
    minimized: system.minimized.length,
    ...(besides === undefined ? {} : { besides }),
    required: built.required(),
    limits: lengthLimits(system, shapes, order),
    positions: computedPositions(system, order),
    circuit: b.finish([...outputs, ...ofLosses]),
    orders: new Map(system.outputs.map(({ name, path }) => [name, system.variables.get(path)!.axes])),
    warnings,
  };
  return rewritten(model, absorbWherePicked.run);
};
