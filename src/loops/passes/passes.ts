import { keptOf, type Optimisation, type Without } from "../../circuit/optimisation.ts";
import type { LoopProgram } from "../loops.ts";
import type { LoopCheck } from "../validate/check.ts";
import { carriedRows } from "./carried-rows.ts";
import { denseLoops } from "./dense-loops.ts";
import { joinedSums } from "./joined-sums.ts";
import type { LoopPass } from "./pass.ts";
import { separateLoops } from "./separate-loops.ts";
import { sharedMemory } from "./shared-memory.ts";
import { truthsInPlace } from "./truths-in-place.ts";

/** What is done to loops for speed or memory alone, in this order. A pass that is listed here can be switched off. */
export const loopPasses: ReadonlyArray<LoopPass> = [
  joinedSums,
  separateLoops,
  carriedRows, // before memory is shared: a buffer of one row finds room in more places
  sharedMemory, // before loops are dense: what gives way is told by its rows
  denseLoops,
  truthsInPlace,
];

/** The names by which passes and their parts are switched off. */
export const loopOptimisations: ReadonlyArray<Optimisation> = loopPasses.flatMap(
  ({ name, description, parts = [] }) => [{ name, description }, ...parts],
);

/** Runs the passes in order, and asks after each one whether its loops are sound; a fault names the pass. */
export const runLoopPasses =
  (passes: ReadonlyArray<LoopPass>, without: Without, check: LoopCheck) =>
  (program: LoopProgram): LoopProgram =>
    keptOf(passes, without).reduce((soFar, pass) => check(pass.name, pass.run(soFar, without)), program);
