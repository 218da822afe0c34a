import "../../src/native/index.ts";
import type { Target } from "../../src/emit/targets.ts";
import { nativeProblem } from "../../src/native/index.ts";
import { peak } from "../peak.ts";
import { serve } from "../peers/serve.js";
import { compiledObjective, outcomeOf, prepared, type Task } from "./objectives.ts";

/** rnnc as a peer: `tsx bench/objectives/rnnc.ts wasm`, or another target. */
const target = process.argv[2] as Target;

await serve(`rnnc as ${target}`, (given) => {
  const problem = target === "native" ? nativeProblem() : undefined;
  if (problem !== undefined) return { cannot: problem };
  const task = given as unknown as Task;
  const both = prepared(compiledObjective(task, target), task);
  return { outcome: outcomeOf(both), variants: { ...both, ...(target === "wasm" ? { limit: peak("f64").run } : {}) } };
});
