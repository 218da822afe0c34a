import { type Compiled, compileModel } from "../compile.ts";
import { settingsOf } from "../module/settings.ts";
import type { Example, Params, Values } from "../runtime/interface.ts";
import { columnsModel } from "../transform/forward/models.ts";
import { valuesOfExample } from "./cells.ts";
import { inputMovable, type Movable, parameterMovable, unitExamples } from "./columns.ts";
import type { ForwardOptions } from "./forward-mode.ts";

/** By output and by parameter path or input: row-major, a row for each element of the output. */
export type Jacobian = Readonly<Record<string, Readonly<Record<string, JacobianBlock>>>>;

export interface JacobianBlock {
  readonly rows: number;
  readonly columns: number;
  readonly data: Values;
}

/**
 * The whole Jacobian of one example's outputs by every parameter, and by the inputs asked for, for small models: forward
 * mode with a direction for each column, all of them as one batch. Elements of outputs and inputs are counted in the
 * order of the example's own indices.
 */
export const jacobian = (
  model: Pick<Compiled, "elaborated">,
  { wrt = [], ...machine }: ForwardOptions = {},
): ((params: Params, example: Example) => Jacobian) => {
  const { elaborated } = model;
  const moved = { parameters: elaborated.parameters.map(({ path }) => path), inputs: wrt };
  const compiled = compileModel(settingsOf({ precision: "f64", ...machine }))(columnsModel(elaborated, moved));
  const parameters = elaborated.parameters.map(({ path, shape }) => parameterMovable(path, shape));
  return (params, example) => {
    const movables = [...parameters, ...wrt.map((name) => inputMovable(name, example[name]!))];
    const units = unitExamples(movables);
    const batch = compiled.pack(units.map((unit) => ({ ...example, ...unit })));
    const slopes = compiled.forward(params, batch);
    return Object.fromEntries(
      Object.entries(slopes).map(([name, output]) => {
        const columns = units.map((_, column) => valuesOfExample(compiled.model, batch, output, column));
        return [name, blocksOf(movables, columns)];
      }),
    );
  };
};

const blocksOf = (
  movables: ReadonlyArray<Movable>,
  columns: ReadonlyArray<ArrayLike<number>>,
): Readonly<Record<string, JacobianBlock>> => {
  const rows = columns[0]?.length ?? 0;
  let from = 0;
  return Object.fromEntries(
    movables.map(({ name, size }) => {
      const first = from;
      from += size;
      const data = Float64Array.from(
        { length: rows * size },
        (_, i) => columns[first + (i % size)]![Math.floor(i / size)]!,
      );
      return [name, { rows, columns: size, data }];
    }),
  );
};
