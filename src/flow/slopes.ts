import type { Model } from "../circuit/model.ts";
import { gainName, movedPlaceName, movedUnitName } from "../circuit/own-names.ts";
import { type Compiled, compileModel } from "../compile.ts";
import { settingsOf } from "../module/settings.ts";
import type { Example, Outputs, Params } from "../runtime/interface.ts";
import type { Variable } from "./carried.ts";
import { type Matrix, matrixOf } from "./matrix/matrix.ts";
import { type SlopesModel, slopesModel } from "./moved.ts";

/** How variables at all positions, and the loss, move with the variables at one position. */
export interface Slopes {
  /** How many positions there are. */
  readonly length: number;
  /** At a position, from 0: a row for each component that moves then, a column for each that is moved. */
  readonly stateAt: (position: number) => Matrix;
  /** By position, a number for each component: of what the loss gains there; of a loss that is no sum, one for the whole. */
  readonly losses: ReadonlyArray<Float64Array>;
}

export interface Following {
  readonly loss: SlopesModel["loss"];
  /** How many components move together. */
  readonly size: number;
  /** As they are moved at a position, from 0. */
  readonly slopesAt: (params: Params, example: Example, place: number) => Slopes;
}

/** Compiled in double precision, whatever the model itself is. */
export const compiledInDoubles = (model: Model): Compiled =>
  compileModel(settingsOf({ precision: "f64", target: "wasm", exports: ["forward", "pack"] }))(model);

/** Each component is moved by itself, many of them as one batch. */
export const following = (model: Model, variables: ReadonlyArray<Variable>): Following => {
  const { model: moved, loss } = slopesModel(model, variables);
  const compiled = compiledInDoubles(moved);
  const sizes = variables.map(({ shape }) => shape.reduce((a, b) => a * b, 1));
  const size = sizes.reduce((a, b) => a + b, 0);
  const units = Array.from({ length: size }, (_, component) => unitAt(variables, sizes, component));
  return {
    loss,
    size,
    slopesAt: (params, example, place) => {
      const examples = units.map((unit) => ({ ...example, ...unit, [movedPlaceName]: place + 1 }));
      const together = batchSize(compiled, examples);
      const parts = Array.from({ length: Math.ceil(size / together) }, (_, i) => {
        const batch = compiled.pack(examples.slice(i * together, (i + 1) * together));
        return { columns: batch.size, outputs: compiled.forward(params, batch) };
      });
      return slopesIn(parts, together, variables, sizes, loss !== "none");
    },
  };
};

const mostBytes = 2 ** 28;

/** How many examples are computed at once: as many as memory takes. */
const batchSize = (compiled: Compiled, examples: ReadonlyArray<Example>): number => {
  const lengths = compiled.pack(examples.slice(0, 1)).longest;
  const bytes = compiled.bytes("forward", { batch: examples.length, lengths });
  return Math.max(1, Math.min(examples.length, Math.floor((examples.length * mostBytes) / bytes)));
};

/** The direction in which one component moves, counted through all variables. */
const unitAt = (variables: ReadonlyArray<Variable>, sizes: ReadonlyArray<number>, component: number): Example => {
  let from = 0;
  return Object.fromEntries(
    variables.map(({ shape }, k) => {
      const data = Float64Array.from({ length: sizes[k]! }, (_, i) => Number(from + i === component));
      from += sizes[k]!;
      return [movedUnitName(k), shape.length === 0 ? data[0]! : { data, shape }];
    }),
  );
};

/** What some of the columns give. */
interface Part {
  readonly columns: number;
  readonly outputs: Outputs;
}

const slopesIn = (
  parts: ReadonlyArray<Part>,
  together: number,
  variables: ReadonlyArray<Variable>,
  sizes: ReadonlyArray<number>,
  hasLoss: boolean,
): Slopes => {
  const size = sizes.reduce((a, b) => a + b, 0);
  const rows = sizes.flatMap((own, k) => Array.from({ length: own }, (_, i) => ({ name: variables[k]!.name, own, i })));
  const ofName = (name: string) => parts.map(({ columns, outputs }) => ({ columns, data: outputs[name]!.data }));
  const found = new Map(variables.map(({ name }) => [name, ofName(name)] as const));
  const losses = hasLoss ? ofName(gainName) : [];
  return {
    length: parts[0]!.outputs[variables[0]!.name]!.shape[0]!,
    stateAt: (t) =>
      matrixOf(size, size, (row, column) => {
        const { name, own, i } = rows[row]!;
        const { columns, data } = found.get(name)![Math.floor(column / together)]!;
        return data[(t * columns + (column % together)) * own + i]!;
      }),
    losses: Array.from({ length: hasLoss ? losses[0]!.data.length / losses[0]!.columns : 0 }, (_, t) =>
      Float64Array.from(
        losses.flatMap(({ columns, data }) => Array.from(data.subarray(t * columns, (t + 1) * columns))),
      ),
    ),
  };
};
