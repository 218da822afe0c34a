import type { Circuit, Node, NodeId, Pointwise } from "../../circuit/circuit.ts";
import { isTruth } from "../../circuit/circuit.ts";

/** What a tensor holds: numbers, whole numbers that count or name something (int64), truths (bool). */
export type Kind = "real" | "whole" | "truth";

/** The kind of every node; `isCounted` says which inputs are symbols or positions. */
export const kindsOf = ({ nodes }: Circuit, isCounted: (input: string) => boolean): ReadonlyArray<Kind> => {
  // A delay may stand before its source, so whole numbers are what is not found to be anything else.
  let kinds: ReadonlyArray<Kind> = nodes.map(() => "whole");
  for (let changed = true; changed; ) {
    const before: ReadonlyArray<Kind> = kinds;
    const after: Kind[] = [...before];
    nodes.forEach((node, id) => {
      after[id] = kindOf(node, (input) => after[input]!, isCounted);
    });
    changed = after.some((kind, id) => kind !== before[id]);
    kinds = after;
  }
  return kinds;
};

const kindOf = ({ op, inputs }: Node, of: (id: NodeId) => Kind, isCounted: (input: string) => boolean): Kind => {
  const operands = inputs.map(of);
  switch (op.tag) {
    case "constant":
      return Number.isSafeInteger(op.value) && Math.abs(op.value) < 2 ** 31 && !Object.is(op.value, -0)
        ? "whole"
        : "real";
    case "parameter":
    case "reduce":
    case "mark":
    case "grad":
      return "real";
    case "input":
      return isCounted(op.name) ? "whole" : "real";
    case "index":
    case "length":
      return "whole";
    case "onehot":
      return "truth";
    case "map":
      if (isTruth(op.fn)) return "truth";
      if (op.fn === "select") return shared(operands.slice(1));
      return wholeFunctions.has(op.fn) && operands.every((kind) => kind === "whole") ? "whole" : "real";
    default:
      return shared(operands);
  }
};

const shared = (kinds: ReadonlyArray<Kind>): Kind => (kinds.every((kind) => kind === "whole") ? "whole" : "real");

/** Of whole numbers these give whole ones. */
const wholeFunctions: ReadonlySet<Pointwise> = new Set(["neg", "add", "sub", "mul", "mod", "min", "max", "stop"]);
