import { type Circuit, elementaryNames, type NodeId, type Pointwise } from "../circuit/circuit.ts";
import { nodeAt } from "../circuit/node-at.ts";
import { isWholePower } from "../elementary/whole-power.ts";
import type { LoopProgram } from "../loops/loops.ts";
import { loopPasses, runLoopPasses } from "../loops/passes/passes.ts";
import { inSegments } from "../loops/segments/segments.ts";
import { bestChoices, type Choices } from "./choices.ts";
import { newContext } from "./lower/context.ts";
import { lower } from "./lower/lower.ts";
import { scalars } from "./lower/scalar.ts";
import { beforeUpdate, type Dependence, readsOf } from "./order/dependence.ts";
import { type Loops, nests } from "./order/nest.ts";
import { order } from "./order/order.ts";
import type { Consumer, Uses } from "./order/sinking.ts";
import { type Storage, store } from "./place/storage.ts";
import { keepStates, type Recomputed } from "./recompute/recompute.ts";
import { type Classified, classify, updatedLeaf } from "./statements/classify.ts";
import type { StatementId } from "./statements/statement.ts";
import { spokenAxes } from "./statements/usage.ts";

/** A circuit as loops, and what was decided on the way there. */
export interface Scheduled {
  readonly classified: Classified;
  /** Whether a value is computed where it is read, or in a pass of its own, perhaps once more. */
  readonly isComputedAgain: (id: NodeId) => boolean;
  readonly uses: Uses;
  readonly loops: ReadonlyArray<Loops>;
  readonly storage: Storage;
  readonly program: LoopProgram;
}

/** The loops of a circuit. */
export const schedule = (circuit: Circuit, choices?: Choices): LoopProgram => scheduled(circuit, choices).program;

/**
 * From a circuit to loops: classify its nodes as statements, order them into scans, let neighbours share loops, give
 * every value a place, and write the loops down.
 */
export const scheduled = (circuit: Circuit, choices: Choices = bestChoices): Scheduled => {
  const recomputed = choices.recomputed(circuit);
  const classified = classify(recomputed, choices);
  const uses = usesOf(classified, recomputed);
  const ids = [...classified.statements.keys()].sort((a, b) => a - b);
  const axesOf = (id: StatementId) => uses.statementOf(id).axes;
  const ordered = order({ axesOf, dependencesOf: uses.dependencesOf }, ids);
  const loops = nests(uses, choices.hoisted(uses, choices.sunk(uses, ordered)), [], choices);
  const lengths = lengthNames(circuit);
  const storage = store(classified, lengths, loops, uses, choices);
  const blocks = lower(newContext(classified, storage, scalars(classified, storage, lengths), lengths, choices), loops);
  const { buffers, leaves, results } = storage;
  const homes = buffers.map((_, id) => id);
  const whole = { lengths, buffers, homes, leaves, results, blocks };
  const { checkedLoops: checked } = choices;
  const parted = checked("segments", segmented(checked("lowering", whole), recomputed, storage, choices));
  if (recomputed.segments !== undefined && parted.segments === undefined)
    return scheduled(circuit, { ...choices, recomputed: keepStates });
  const program = runLoopPasses(loopPasses, choices.without, checked)(parted);
  const isComputedAgain = (id: NodeId) => recomputed.again.has(id) || recomputed.segments?.originalOf(id) !== undefined;
  return { classified, isComputedAgain, uses, loops, storage, program };
};

/** The program in segments, if that is how it is to be computed. */
const segmented = (
  program: LoopProgram,
  { segments }: Recomputed,
  { placeOf }: Storage,
  { sumsInDouble }: Pick<Choices, "sumsInDouble">,
): LoopProgram => {
  if (segments === undefined) return program;
  const { circuit, axis, originalOf, length } = segments;
  const { extent } = axis;
  if (extent.tag !== "length") return program;
  const originals = new Map(
    circuit.nodes.flatMap((_, id) => {
      const [place, original] = [placeOf(id), originalOf(id)];
      const from = original === undefined ? undefined : placeOf(original);
      return place === undefined || from === undefined ? [] : [[place.buffer, from.buffer] as const];
    }),
  );
  return inSegments(program, {
    dimension: 1 + program.lengths.indexOf(extent.name),
    length,
    originalOf: (buffer) => originals.get(buffer),
    sumsInDouble,
  });
};

const elementary: ReadonlySet<Pointwise> = new Set(elementaryNames);

const usesOf = (classified: Classified, { again }: Recomputed): Uses => {
  const { statements, circuit } = classified;
  const reads = new Map([...statements.values()].map((statement) => [statement.id, readsOf(classified, statement)]));
  const dependencesOf = new Map<StatementId, ReadonlyArray<Dependence>>();
  const consumersOf = new Map<StatementId, Consumer[]>([...statements.keys()].map((id) => [id, []]));
  const readersOf = new Map<NodeId, Dependence[]>();
  for (const by of statements.values()) {
    for (const { leaf, mapping } of reads.get(by.id)!.leaves) {
      const before = beforeUpdate(by, nodeAt(circuit, leaf).axes, mapping);
      readersOf.set(leaf, readersOf.get(leaf) ?? []);
      readersOf.get(leaf)!.push(before);
    }
    for (const dependence of reads.get(by.id)!.statements) {
      consumersOf.get(dependence.on)!.push({ by: by.id, dependence });
    }
  }
  for (const statement of statements.values()) {
    const leaf = updatedLeaf(classified, statement);
    const before = (leaf === undefined ? [] : (readersOf.get(leaf) ?? [])).filter(({ on }) => on !== statement.id);
    dependencesOf.set(statement.id, [...reads.get(statement.id)!.statements, ...before]);
  }
  return {
    statementOf: (id) => statements.get(id)!,
    dependencesOf: (id) => dependencesOf.get(id)!,
    consumersOf: (id) => consumersOf.get(id)!,
    isFunction: (id) => {
      const node = circuit.nodes[id];
      if (node?.op.tag !== "map" || !elementary.has(node.op.fn)) return false;
      const exponent = node.op.fn === "pow" ? circuit.nodes[node.inputs[1]!]?.op : undefined;
      return exponent?.tag !== "constant" || !isWholePower(exponent.value);
    },
    isAgain: (id) => again.has(id),
  };
};

/**
 * The run-time lengths that a circuit speaks of, in the order in which it does. An output may be over an axis that no
 * node has: it is constant along it.
 */
const lengthNames = ({ nodes, outputs }: Circuit): ReadonlyArray<string> => {
  const axes = [...nodes.flatMap(spokenAxes), ...outputs.flatMap((output) => output.axes)];
  return [
    ...new Set(axes.flatMap((axis) => (axis.tag === "time" && axis.extent.tag === "length" ? [axis.extent.name] : []))),
  ];
};
