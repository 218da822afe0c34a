import type { Pointwise } from "../circuit/circuit.ts";
import { functionsText } from "../emit/javascript/functions.ts";
import type { InitialiserInfo, ModelInfo } from "../runtime/interface.ts";

/** The rules that parameters begin by, as a record: a module carries those that its parameters have. */
export const initialisersText = (params: ModelInfo["params"]): string => {
  const inits = params.map(({ init }) => init);
  const steps = inits.flatMap((init) => (init.tag === "function" ? init.steps : []));
  const own = rulesText(inits.filter(({ tag }) => tag !== "function"));
  if (steps.length === 0) return `{ ${own.join(", ")} }`;
  const draws = rulesText(steps.flatMap((step) => (step.tag === "draw" ? [step.draw] : [])));
  const functions = new Set(steps.flatMap((step) => (step.tag === "apply" ? [step.fn as Pointwise] : [])));
  const made = `functionInitial({ ${draws.join(", ")} }, ${functionsText([...functions].sort())})`;
  return `{ ${[...own, `function: ${made}`].join(", ")} }`;
};

const rulesText = (inits: ReadonlyArray<InitialiserInfo>): ReadonlyArray<string> =>
  [...new Set(inits.map(({ tag }) => tag))].sort().map((tag) => `${tag}: ${tag}Initial`);
