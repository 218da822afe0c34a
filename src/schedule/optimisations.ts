import { type Choice, choicesWithout, type Optimisation, type Without } from "../circuit/optimisation.ts";
import { loopOptimisations } from "../loops/passes/passes.ts";
import { bestChoices, type Choices } from "./choices.ts";
import { lookUpInside } from "./lower/nest.ts";
import { leftInScans } from "./order/unhoisted.ts";
import type { Memory } from "./recompute/memory.ts";
import { recomputedFor } from "./recompute/recompute.ts";

const choices: ReadonlyArray<Choice<Choices>> = [
  {
    name: "lookups",
    description: "reads the row that a symbol names in place of a product with a one-hot vector",
    plainly: { withLookups: (_, factors) => ({ factors, lookups: [] }) },
  },
  {
    name: "scatters",
    description: "adds to the row that a symbol names in place of a product with a one-hot vector",
    plainly: { spreading: () => undefined },
  },
  {
    name: "products",
    description: "takes sums of products of two values as matrix products",
    plainly: { isContraction: () => false },
  },
  {
    name: "long-products",
    description: "takes neighbouring axes of a product as one, such as time and batch",
    plainly: { collapse: (runs) => runs },
  },
  {
    name: "absorption",
    description: "computes what only one sum reads in the loops of that sum",
    plainly: { isAbsorbed: () => false },
  },
  {
    name: "delay-views",
    description: "reads a delayed value where its source stands, one position before, without a copy",
    plainly: { delayViews: () => ({ views: new Set(), pads: new Map() }) },
  },
  {
    name: "concatenations-in-place",
    description: "computes the parts of a concatenation where the whole stands, without a copy",
    plainly: { sharesInPlace: () => new Map() },
  },
  {
    name: "hoisting",
    description: "computes what is in no recurrence for all positions at once, before a scan or after it",
    plainly: { hoisted: leftInScans },
  },
  {
    name: "sinking",
    description: "computes in a scan what is cheap and only read there, turn by turn",
    plainly: { sunk: (_, ordered) => ordered },
  },
  {
    name: "late-values",
    description: "computes a value in the loops that read it",
    plainly: { isComputedWhereRead: () => false },
  },
  {
    name: "shared-loops",
    description: "lets statements over the same positions and examples share their loops",
    plainly: { nestFor: () => -1 },
  },
  {
    name: "fusion",
    description: "lets statements over the same components share a loop body",
    plainly: { groupFor: () => -1 },
  },
  {
    name: "layers",
    description: "takes elementary functions that wait for others in a loop of their own, after that of the others",
    plainly: { layersOf: () => new Map() },
  },
  {
    name: "locals",
    description: "keeps a value that is only used in its own loop body in no buffer",
    plainly: { staysInBody: () => false },
  },
  {
    name: "small-buffers",
    description: "writes a buffer anew in each turn of a loop if no other turn reads it",
    plainly: { droppable: () => [] },
  },
  {
    name: "results-in-place",
    description: "lets a result stand where its value is computed, without a copy",
    plainly: { isResultInPlace: () => false },
  },
  {
    name: "row-lookups",
    description: "reads a symbol once for all components of a row",
    plainly: { fusedLoops: lookUpInside },
  },
];

/** What is done for speed or memory from a circuit to its loops, and to those. */
export const scheduleOptimisations: ReadonlyArray<Optimisation> = [...choices, ...loopOptimisations];

/** The choices of a schedule, the plain ones where optimisations are switched off. */
export const scheduleWithout = (without: Without, memory: Memory = "full"): Choices =>
  choicesWithout({ ...bestChoices, recomputed: recomputedFor(memory), without }, choices, without);
