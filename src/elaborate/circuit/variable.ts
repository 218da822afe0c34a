import { type Axis, featureAxis } from "../../circuit/axis.ts";
import type { Builder } from "../../circuit/build.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import type { Shapes } from "../shape/infer.ts";
import type { Shape } from "../shape/shape.ts";
import type { Term, Variable } from "../system.ts";
import { dimensions, featureAxes, staticSize } from "./algebra.ts";

/** The node of a variable: a leaf, what its equation says, or a part of another. */
export const buildVariable = (
  b: Builder,
  shapes: Shapes,
  variable: Variable,
  build: (term: Term, axes: ReadonlyArray<Axis>) => NodeId,
  nodeOf: (path: string) => NodeId,
): NodeId => {
  const { meaning, path } = variable;
  switch (meaning.tag) {
    case "input":
    case "noise":
    case "random":
      return asShaped(b, shapes.ofVariable(path), (features) => b.input(path, [...variable.axes, ...features]));
    case "parameter":
      return parameterOver(b, variable, shapes.ofVariable(path));
    case "equation":
      return build(meaning.value, variable.axes);
    case "part": {
      const sizes = meaning.parts.map((part) => dimensions(shapes.ofVariable(part))[0] ?? 1);
      const from = sizes.slice(0, meaning.place).reduce((sum, size) => sum + size, 0);
      const [whole] = featureAxes(shapes.ofVariable(meaning.whole));
      const part = b.slice(whole!, from, sizes[meaning.place]!, nodeOf(meaning.whole));
      // A part that is a number has one component on the slice, and none of its own.
      return featureAxes(shapes.ofVariable(path)).length > 0
        ? part
        : b.sum(
            b.node(part).axes.filter(({ tag }) => tag === "feature"),
            part,
          );
    }
  }
};

/** A tensor whose first slots are the axes that the parameter stands over, the others its components. */
const parameterOver = (b: Builder, { path, axes }: Variable, shape: Shape): NodeId => {
  const own = featureAxes(shape);
  const sizes = [...axes.map(staticSize), ...dimensions(shape)];
  return b.rename(
    [...axes, ...own].map((axis, slot) => [featureAxis(slot, sizes[slot]!), axis] as const),
    b.parameter(path, sizes),
  );
};

/** A leaf's components lie on the slots from 0 on; those of a row are then laid on slot 1. */
const asShaped = (b: Builder, shape: Shape, leaf: (features: ReadonlyArray<Axis>) => NodeId): NodeId => {
  const own = featureAxes(shape);
  const given = own.map(({ size }, slot) => featureAxis(slot, size));
  return b.rename(
    given.map((axis, slot) => [axis, own[slot]!] as const),
    leaf(given),
  );
};
