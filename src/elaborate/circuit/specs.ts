import type { AppliedCell, Initialiser, InputSpec, ParameterSpec } from "../../circuit/model.ts";
import { reachableFrom, withoutWeights } from "../reachable.ts";
import type { Shapes } from "../shape/infer.ts";
import type { System, Variable } from "../system.ts";
import { dimensions, sizeOf, staticSize } from "./algebra.ts";

/** The parameters that something needs, in the order of declaration. */
export const parameterSpecs = (
  { variables }: System,
  shapes: Shapes,
  built: ReadonlyArray<string>,
): ReadonlyArray<ParameterSpec> => {
  const needed = new Set(built);
  return [...variables.values()].flatMap(({ path, axes, meaning, within: [cell], span }) => {
    if (meaning.tag !== "parameter" || !needed.has(path)) return [];
    const own = dimensions(shapes.ofVariable(path));
    const shape = [...axes.map(staticSize), ...own];
    const initialiser = meaning.initialiser ?? usual(own);
    return [
      {
        path,
        axes,
        shape,
        initialiser,
        ...(meaning.isFixed ? { isFixed: true } : {}),
        ...(cell === undefined
          ? {}
          : {
              cell: {
                name: cell.cell,
                file: span.file,
                isBackward: cell.inside.reversed.size > 0,
                functions: cell.inside.functions,
              },
            }),
      },
    ];
  });
};

/** The cells that are applied, by what the paths of their variables begin with. */
export const cellSpecs = ({ variables }: System): ReadonlyMap<string, AppliedCell> =>
  new Map(
    [...variables.values()].flatMap(({ path, within: [cell] }) =>
      cell === undefined
        ? []
        : [
            [
              path.slice(0, Math.max(0, path.lastIndexOf("."))),
              { name: cell.cell, isBackward: cell.inside.reversed.size > 0 },
            ],
          ],
    ),
  );

const usual = (shape: ReadonlyArray<number>): Initialiser =>
  shape.length === 2 ? { tag: "glorot" } : { tag: "constant", value: 0 };

/** Inputs, then targets, then noises. */
export const inputSpecs = (system: System, shapes: Shapes): ReadonlyArray<InputSpec> => {
  const read = reachableFrom(withoutWeights(system));
  const weighs = reachableFrom(system);
  const specs = [...system.variables.values()].flatMap((variable) =>
    inputSpec(variable, shapes, weighs.has(variable.path) && !read.has(variable.path)),
  );
  return (["input", "target", "noise"] as const).flatMap((role) => specs.filter((spec) => spec.role === role));
};

const inputSpec = (
  { path, axes, type, meaning }: Variable,
  shapes: Shapes,
  weighs: boolean,
): ReadonlyArray<InputSpec> => {
  const shape = shapes.ofVariable(path);
  const common = {
    name: path,
    axes,
    shape: dimensions(shape),
    ...(shape.tag === "symbol" ? { symbols: sizeOf(shape.size) } : {}),
    ...(type?.tag === "position" ? { positions: type.extent } : {}),
  };
  switch (meaning.tag) {
    case "input":
      return [{ ...common, role: "input", ...(weighs ? { weighs } : {}) }];
    case "random":
      return [{ ...common, role: "target" }];
    case "noise": {
      const { distribution, parameter } = meaning;
      const mean = distribution === "bernoulli" ? parameter : 0;
      return [{ ...common, role: "noise", noise: { distribution, parameter, mean } }];
    }
    case "parameter":
    case "equation":
    case "part":
      return [];
  }
};
