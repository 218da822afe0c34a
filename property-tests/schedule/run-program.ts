import { longestOf } from "../../src/circuit/block-count.ts";
import type { Circuit } from "../../src/circuit/circuit.ts";
import { supportText } from "../../src/emit/javascript/support.ts";
import { readableText } from "../../src/module/programs.ts";
import type { Values } from "../../src/runtime/interface.ts";
import type { Program } from "../../src/runtime/program.ts";

/** Data for a program: dense blocks in the inside order of axes, and the lengths of each example. */
export interface ProgramData {
  readonly batch: number;
  readonly parameters: Readonly<Record<string, ArrayLike<number>>>;
  readonly inputs: Readonly<Record<string, ArrayLike<number>>>;
  readonly lengths: Readonly<Record<string, ReadonlyArray<number>>>;
  readonly longest: Readonly<Record<string, number>>;
}

/** Compiles a batched circuit and runs it once; every element of the arena begins as NaN, so that nothing is read unset. */
export const runProgram = (circuit: Circuit, data: ProgramData): ReadonlyArray<Float64Array> => {
  const program = instantiate(readableText(circuit, { precision: "f64", target: "js" }));
  return callProgram(program, data, (size) => new Float64Array(size).fill(Number.NaN)).map((values) =>
    Float64Array.from(values),
  );
};

export const instantiate = (text: string): Program =>
  new Function(`"use strict";\n${supportText([text], "f64")}\nreturn ${text};`)() as Program;

export const callProgram = (
  program: Program,
  data: ProgramData,
  allocate: (size: number) => Values,
): ReadonlyArray<Values> => {
  const dims = [data.batch, ...program.lengths.map((name) => longestOf(data.longest, name)!)];
  const { offsets, size } = program.plan(dims);
  const arena = allocate(size);
  for (const leaf of program.leaves) {
    arena.set(
      (leaf.kind === "parameter" ? data.parameters : data.inputs)[leaf.name]!,
      offsets[leaf.buffer]! + (leaf.start ?? 0),
    );
  }
  const tables = program.lengths.map((name) => Int32Array.from(data.lengths[name] ?? []));
  program.run(arena, tables, dims, offsets);
  return program.results.map(({ buffer, start = 0, extents }) => {
    const count = extents.reduce<number>(
      (n, extent) =>
        n * (typeof extent === "number" ? extent : extent === "@batch" ? data.batch : data.longest[extent]!),
      1,
    );
    const from = offsets[buffer]! + start;
    return arena.slice(from, from + count);
  });
};
