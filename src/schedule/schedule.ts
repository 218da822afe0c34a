import type { Circuit } from "../circuit/circuit.ts";
import { classify } from "./classify.ts";
import { newContext } from "./context.ts";
import { type Dependence, dependences } from "./dependence.ts";
import type { LoopProgram } from "./loops.ts";
import { lower } from "./lower.ts";
import { type Loops, nests } from "./nest.ts";
import { order } from "./order.ts";
import { scalars } from "./scalar.ts";
import type { StatementId } from "./statement.ts";
import { store } from "./storage.ts";

/**
 * From a circuit to loops: classify its nodes as statements, order them into scans, let neighbours share loops, give
 * every value a place, and write the loops down.
 */
export const schedule = (circuit: Circuit): LoopProgram => {
  const classified = classify(circuit);
  const { statements } = classified;
  const known = new Map<StatementId, ReadonlyArray<Dependence>>();
  for (const statement of statements.values()) known.set(statement.id, dependences(classified, statement));
  const dependencesOf = (id: StatementId): ReadonlyArray<Dependence> => known.get(id)!;
  const ids = [...statements.keys()].sort((a, b) => a - b);
  const ordered = order({ axesOf: (id) => statements.get(id)!.axes, dependencesOf }, ids);
  const loops: ReadonlyArray<Loops> = nests({ statementOf: (id) => statements.get(id)!, dependencesOf }, ordered, []);
  const lengths = lengthNames(circuit);
  const storage = store(classified, lengths, loops, dependencesOf);
  const blocks = lower(newContext(classified, storage, scalars(classified, storage, lengths), lengths), loops);
  return { lengths, buffers: storage.buffers, leaves: storage.leaves, results: storage.results, blocks };
};

/** The run-time lengths that a circuit speaks of, in the order in which it does. */
const lengthNames = (circuit: Circuit): ReadonlyArray<string> => [
  ...new Set(
    circuit.nodes.flatMap(({ op, axes }) =>
      [...axes, ...("over" in op ? op.over : []), ...("axis" in op ? [op.axis] : [])].flatMap((axis) =>
        axis.tag === "time" && axis.extent.tag === "length" ? [axis.extent.name] : [],
      ),
    ),
  ),
];
