import type { Circuit } from "../../src/circuit/circuit.ts";
import { programTexts } from "../../src/compile.ts";
import type { Target } from "../../src/emit/targets.ts";
import type { Precision, Values } from "../../src/runtime/interface.ts";
import type { Program } from "../../src/runtime/program.ts";
import { addBatch } from "../../src/transform/batch.ts";
import { meanLoss } from "../../src/transform/batch-loss.ts";
import { differentiate, leavesOf } from "../../src/transform/differentiate.ts";
import type { SymbolsOf } from "../schedule/data.ts";
import { callProgram, type ProgramData } from "../schedule/run-program.ts";

/** The circuit of a batch with the gradient of its loss by every parameter and every input that is no symbol. */
export const withGradient = (circuit: Circuit, symbolsOf: SymbolsOf): Circuit => {
  const batched = meanLoss.run(addBatch.run(circuit));
  const wrt = leavesOf(batched).filter((leaf) => leaf.tag === "parameter" || symbolsOf(leaf.name) === undefined);
  return differentiate({ wrt })(batched);
};

/** A program of a back end in process. */
export const programOf = (circuit: Circuit, precision: Precision, target: Target): Program => {
  const { support, programs } = programTexts({ only: circuit }, { precision, target });
  return new Function(`"use strict";\n${support}\nreturn ${programs.only};`)() as Program;
};

/** Runs a program once; every element of the arena begins as NaN, so that nothing is read unset. */
export const resultsOf = (program: Program, data: ProgramData, precision: Precision): ReadonlyArray<Values> =>
  callProgram(program, data, (size) =>
    (program.arena?.(size) ?? (precision === "f32" ? new Float32Array(size) : new Float64Array(size))).fill(Number.NaN),
  );
