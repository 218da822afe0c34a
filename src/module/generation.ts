import type { Circuit, NodeId } from "../circuit/circuit.ts";
import type { Model, RandomSpec } from "../circuit/model.ts";
import { nodeAt } from "../circuit/node-at.ts";
import { invariant } from "../fault.ts";
import type { Generation } from "../runtime/program.ts";
import { reachable } from "../transform/active.ts";

/** How a model draws its `~` step by step; null if it cannot be stepped, or has no `~` along the axis of the steps. */
export const generationOf = (model: Model, step: Circuit | undefined): Generation | null => {
  const drawn = step?.outputs.filter(({ role }) => role === "distribution").map(({ name }) => name) ?? [];
  const randoms = model.randoms.filter((random) => random.arguments.every((name) => drawn.includes(name)));
  return step === undefined || randoms.length === 0 ? null : stepGeneration(step, randoms);
};

/** How a step draws the variables of `~` that stand over its axis. */
export const stepGeneration = (
  step: Circuit,
  randoms: ReadonlyArray<Pick<RandomSpec, "target" | "arguments">>,
): Generation => {
  const targets = randoms.map(({ target }) => target);
  const reads = reachedInputs(step, targets);
  const outputs = step.outputs.map((output) => ({ ...output, reads: reads(output.node) }));
  const needs = new Map(
    randoms.map((random) => [
      random.target,
      new Set(outputs.flatMap(({ name, reads }) => (random.arguments.includes(name) ? [...reads] : []))),
    ]),
  );
  const states = outputs.filter(({ role, reads }) => role === "state" && reads.size > 0);
  const copies = states.flatMap(({ name, node }) => {
    const { op } = nodeAt(step, node);
    return op.tag === "input" ? [{ state: name, target: op.name }] : [];
  });
  const again = copies.length < states.length;
  return { rounds: roundsOf(targets, needs), copies: again ? [] : copies, again };
};

/** By node, which of the named inputs it depends on: also around a recurrence along another axis than that of the steps. */
const reachedInputs = ({ nodes }: Circuit, names: ReadonlyArray<string>): ((node: NodeId) => ReadonlySet<string>) => {
  const edges = nodes.map(({ inputs }) => inputs);
  return (node) =>
    new Set(
      [...reachable([node], edges)].flatMap((id) => {
        const { op } = nodeAt({ nodes }, id);
        return op.tag === "input" && names.includes(op.name) ? [op.name] : [];
      }),
    );
};

/** Each round draws what needs only the rounds before it. */
const roundsOf = (
  targets: ReadonlyArray<string>,
  needs: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlyArray<ReadonlyArray<string>> => {
  const ready = targets.filter((target) => targets.every((other) => !needs.get(target)!.has(other)));
  const rest = targets.filter((target) => !ready.includes(target));
  invariant("generation", ready.length > 0 || rest.length === 0, `${rest.join(", ")} depend on each other in a circle`);
  return ready.length === 0 ? [] : [ready, ...roundsOf(rest, needs)];
};
