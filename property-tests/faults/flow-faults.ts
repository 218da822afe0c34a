import { type Fault, faultsOf } from "./fault.ts";

const bound = faultsOf("flow/bound.ts");
const gates = faultsOf("flow/gates.ts");
const moved = faultsOf("flow/moved.ts");
const pairs = faultsOf("flow/pairs.ts");
const spectral = faultsOf("flow/matrix/spectral-norm.ts");
const terms = faultsOf("flow/terms.ts");

/** What `flow` tells. */
export const flowFaults: ReadonlyArray<Fault> = [
  moved(
    "what is moved together moves its own position, too",
    "still.set(id, copy);",
    "still.set(id, added(b, copy, b.input(movedByName(k), axesOf(variables[k]!))));",
  ),
  terms(
    "a term of the gradient has those of all positions before",
    'b.map("equal", b.index',
    'b.map("lessEqual", b.index',
  ),
  pairs("what the whole loss owes to a state is what one position owes", "value + each[i]!", "each[i]!"),
  bound("a bound takes a sigmoid for half as steep as it can be", "sigmoid: 0.25", "sigmoid: 0.125"),
  spectral("the greatest singular value is looked for in part of the space", "settled = 1e-14", "settled = 1e-2"),
  gates("a gate is nearly shut up to nearly open", "value < nearlyShut", "value < nearlyOpen"),
];
