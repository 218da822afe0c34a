import type { Problem } from "./problem.ts";
import type { Shapes } from "./shape/infer.ts";
import { showShape } from "./shape/shape.ts";
import type { System } from "./system.ts";

/** A warning for each matrix of no stated type that starts at the constant which ends a list of parameters. */
export const constantMatrices = ({ variables }: System, shapes: Shapes): ReadonlyArray<Problem> =>
  [...variables.values()].flatMap(({ path, name, meaning, type, span, within }): ReadonlyArray<Problem> => {
    if (meaning.tag !== "parameter" || !meaning.isListed || type !== undefined) return [];
    const { initialiser } = meaning;
    const shape = shapes.ofVariable(path);
    if (initialiser?.tag !== "constant" || shape.tag !== "matrix") return [];
    return [{ tag: "constantMatrix", span, within, name, shape: showShape(shape), value: initialiser.value }];
  });
