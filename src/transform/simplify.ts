import { absorbWherePicked } from "../circuit/absorb.ts";
import { type Builder, newBuilder } from "../circuit/build.ts";
import type { Circuit, NodeId } from "../circuit/circuit.ts";
import { keyOf } from "../circuit/key.ts";
import { keptOf, type Without, withoutNothing } from "../circuit/optimisation.ts";
import type { Pass } from "../circuit/pass.ts";
import { copyNode, rewrite } from "../circuit/rewrite.ts";
import { dropDeadNodes } from "./dead-nodes.ts";
import { finiteOperands } from "./finite-operands.ts";
import { lawGroups } from "./law-groups.ts";
import { stableLaws } from "./laws.ts";
import { circuitPasses } from "./passes.ts";
import type { StructureLaw } from "./structure-laws.ts";
import { bindingsOf, instance, type Law } from "./term.ts";

/** Applies laws until none applies. Equal nodes become one on the way. */
const applyLawsOf = (rules: Rules): Pass => ({
  name: "apply-laws",
  description: "rewrites by the laws of algebra until none applies",
  run: (circuit) => {
    const after = dropDeadNodes.run(once(rules, circuit));
    return sameNodes(circuit, after) ? circuit : applyLawsOf(rules).run(after);
  },
});

interface Rules {
  readonly laws: ReadonlyArray<Law>;
  readonly structureLaws: ReadonlyArray<StructureLaw>;
}

const rulesWithout = (without: Without): Rules => {
  const groups = keptOf(lawGroups, without);
  return {
    laws: [...groups.flatMap(({ laws }) => laws), ...stableLaws],
    structureLaws: groups.flatMap(({ structureLaws }) => structureLaws),
  };
};

export const applyLaws: Pass = applyLawsOf(rulesWithout(withoutNothing));

/** Passes that change neither outputs nor derivatives. */
export const simplifyWithout = (without: Without): ReadonlyArray<Pass> => {
  const laws = applyLawsOf(rulesWithout(without));
  // The stable laws make finite what zero had to absorb.
  return [dropDeadNodes, laws, absorbWherePicked, laws];
};

/** For a circuit that will not be differentiated again. */
export const optimiseWithout = (without: Without): ReadonlyArray<Pass> => [
  ...keptOf(circuitPasses.beforeLaws, without),
  ...simplifyWithout(without),
  finiteOperands,
  ...keptOf(circuitPasses.afterLaws, without),
  dropDeadNodes,
];

export const simplify: ReadonlyArray<Pass> = simplifyWithout(withoutNothing);
export const optimisations: ReadonlyArray<Pass> = optimiseWithout(withoutNothing);

export const optimise = (circuit: Circuit): Circuit => optimisations.reduce((soFar, pass) => pass.run(soFar), circuit);

const once = (rules: Rules, circuit: Circuit): Circuit => {
  const { b, renamed } = rewrite(circuit, copyNode, { builder: simplifyingBuilder(rules, newBuilder()) });
  return b.finish(circuit.outputs.map((output) => ({ ...output, node: renamed[output.node]! })));
};

/** A builder that gives, for every node asked of it, the simplest that the laws make equal to it. */
const simplifyingBuilder = (rules: Rules, b: Builder): Builder => {
  const simplest = new Map<NodeId, NodeId>();
  const simple = (id: NodeId): NodeId => {
    const known = simplest.get(id);
    if (known !== undefined) return known;
    const found = better(rules, made, id) ?? id;
    simplest.set(id, found);
    return found;
  };
  const made: Builder = {
    ...b,
    map: (...of) => simple(b.map(...of)),
    sum: (...of) => simple(b.sum(...of)),
    maximum: (...of) => simple(b.maximum(...of)),
    delay: (...of) => simple(b.delay(...of)),
    at: (...of) => simple(b.at(...of)),
    onehot: (...of) => simple(b.onehot(...of)),
    concat: (...of) => simple(b.concat(...of)),
    slice: (...of) => simple(b.slice(...of)),
    rename: (...of) => simple(b.rename(...of)),
  };
  return made;
};

/** What the first law that applies makes of a node. */
const better = ({ laws, structureLaws }: Rules, b: Builder, id: NodeId): NodeId | undefined => {
  for (const { left, right } of laws) {
    const bound = bindingsOf(b, left, id);
    if (bound !== undefined) return instance(b, right, bound);
  }
  for (const law of structureLaws) {
    const found = law.better(b, b.node(id));
    if (found !== undefined) return found;
  }
  return undefined;
};

/** Whether nothing but the order of nodes may have changed. */
const sameNodes = (before: Circuit, after: Circuit): boolean => {
  const shown = (circuit: Circuit): ReadonlyArray<string> => circuit.nodes.map(({ op }) => keyOf(op)).sort();
  return shown(before).join() === shown(after).join();
};
