import * as fc from "fast-check";
import type { Axis } from "../../src/circuit/axis.ts";
import { blockCountOf } from "../../src/circuit/block-count.ts";
import type { Circuit, Op } from "../../src/circuit/circuit.ts";
import type { Environment } from "../../src/circuit/environment.ts";
import type { ProgramData } from "./run-program.ts";

/** Random data for a batched circuit, for a program and for the reference evaluator. */
export interface BothData {
  readonly program: ProgramData;
  readonly reference: Environment;
}

/** How many symbols an input has; undefined where it holds real numbers. */
export type SymbolsOf = (input: string) => number | undefined;

export const fiveSymbols: SymbolsOf = (input) => (input.startsWith("symbol:") ? 5 : undefined);

/** Numbers in (-1, 1) and symbols. Padding holds zeros. */
export const dataFor = (
  circuit: Circuit,
  batch: number,
  greatest: number,
  seed: number,
  symbolsOf: SymbolsOf = fiveSymbols,
): BothData => {
  const next = generator(seed);
  const lengths: Record<string, number[]> = {};
  const longest: Record<string, number> = {};
  const leaves = circuit.nodes.flatMap(({ op }) => (op.tag === "input" || op.tag === "parameter" ? [op] : []));
  const axes = circuit.nodes.flatMap((node) => [...node.axes, ...("axis" in node.op ? [node.op.axis] : [])]);
  const outer = (axis: Axis) =>
    axis.tag === "time" && axis.extent.tag === "length" ? axis.extent.over.filter((o) => o.tag === "time") : [];
  const runTime = [
    ...new Map(
      axes.flatMap((axis) =>
        axis.tag === "time" && axis.extent.tag === "length" && blockCountOf(axis.extent.name) === undefined
          ? [[axis.extent.name, axis] as const]
          : [],
      ),
    ).entries(),
  ];
  for (const [name, axis] of runTime.sort(([, a], [, b]) => outer(a).length - outer(b).length)) {
    const rows = outer(axis).reduce((n, o) => n * extent(o, batch, longest), batch);
    const inner = rows / batch;
    const exists = (row: number): boolean =>
      outer(axis).every(
        (o) =>
          o.tag !== "time" ||
          o.extent.tag !== "length" ||
          row % inner < lengths[o.extent.name]![Math.floor(row / inner)]!,
      );
    lengths[name] = Array.from({ length: rows }, (_, row) =>
      exists(row) ? Math.floor(((next() + 1) / 2) * (greatest + 1)) : 0,
    );
    longest[name] = Math.max(0, ...lengths[name]);
  }
  const lengthAt = (axis: Axis, at: Readonly<Record<string, number>>): number => {
    if (axis.tag !== "time" || axis.extent.tag !== "length") return extent(axis, batch, longest);
    const place = outer(axis).reduce((n, o) => n * extent(o, batch, longest) + (at[o.key]! - 1), at["@batch"]!);
    return lengths[axis.extent.name]![place]!;
  };
  const parameters: Record<string, number[]> = {};
  const inputs: Record<string, number[]> = {};
  for (const op of leaves) {
    if (op.tag === "parameter") {
      parameters[op.path] ??= Array.from({ length: op.shape.reduce((a, b) => a * b, 1) }, () => next());
    } else {
      const symbols = symbolsOf(op.name);
      inputs[op.name] ??= block(op, batch, longest, (at) => {
        const exists = op.axes.every((axis) => axis.tag !== "time" || at[axis.key]! <= lengthAt(axis, at));
        const value = symbols === undefined ? next() : Math.floor(((next() + 1) / 2) * symbols);
        return exists ? value : 0;
      });
    }
  }
  const reference: Environment = {
    batch,
    parameters,
    inputs: Object.fromEntries(
      leaves.flatMap((op) =>
        op.tag === "input"
          ? [
              [
                op.name,
                (at: Readonly<Record<string, number>>) => inputs[op.name]![offsetOf(op.axes, at, batch, longest)]!,
              ],
            ]
          : [],
      ),
    ),
    lengths: Object.fromEntries(
      runTime.map(([name, axis]) => [name, (at: Readonly<Record<string, number>>) => lengthAt(axis, at)]),
    ),
  };
  return { program: { batch, parameters, inputs, lengths, longest }, reference };
};

export const settings = fc.record({
  n: fc.integer({ min: 1, max: 6 }),
  k: fc.integer({ min: 1, max: 6 }),
  batch: fc.integer({ min: 1, max: 4 }),
  greatest: fc.integer({ min: 0, max: 7 }),
  seed: fc.integer({ min: 1, max: 1_000_000 }),
});

const extent = (axis: Axis, batch: number, longest: Readonly<Record<string, number>>): number =>
  axis.tag === "batch"
    ? batch
    : axis.tag === "feature"
      ? axis.size
      : axis.extent.tag === "fixed"
        ? axis.extent.size
        : longest[axis.extent.name]!;

const offsetOf = (
  axes: ReadonlyArray<Axis>,
  at: Readonly<Record<string, number>>,
  batch: number,
  longest: Readonly<Record<string, number>>,
): number =>
  axes.reduce((n, axis) => n * extent(axis, batch, longest) + at[axis.key]! - (axis.tag === "time" ? 1 : 0), 0);

const block = (
  op: Extract<Op, { readonly tag: "input" }>,
  batch: number,
  longest: Readonly<Record<string, number>>,
  value: (at: Readonly<Record<string, number>>) => number,
): number[] => {
  const positions = op.axes.reduce<ReadonlyArray<Record<string, number>>>(
    (all, axis) =>
      all.flatMap((at) =>
        Array.from({ length: extent(axis, batch, longest) }, (_, i) => ({
          ...at,
          [axis.key]: axis.tag === "time" ? i + 1 : i,
        })),
      ),
    [{}],
  );
  return positions.map(value);
};

const generator = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state * 16807) % 2147483647;
    return (state / 2147483647) * 2 - 1;
  };
};
