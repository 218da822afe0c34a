import type { NodeId } from "../../circuit/circuit.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import type { Block, Loop } from "../../loops/loops.ts";
import type { Loops } from "../order/nest.ts";
import { lowerAlone } from "./alone.ts";
import type { Context } from "./context.ts";
import { type Environment, variableIndex } from "./environment.ts";
import { lowerNest } from "./nest.ts";

/** Turns scans, nests and statements into the loop language, one block for each. */
export const lower = (context: Context, loops: ReadonlyArray<Loops>): ReadonlyArray<Block> =>
  loops
    .map((item): Block => {
      const phase = phaseOf(item);
      const block = {
        title: titleOf(context, item),
        body: lowerItem(context, item, new Map()),
        ...(item.tag === "alone" ? { statement: item.statement.id } : {}),
      };
      return phase === undefined ? block : { ...block, phase };
    })
    .filter(({ body }) => body.length > 0);

/** The pass of the statements in a loop: they are all of the same one. */
const phaseOf = (item: Loops): number | undefined => {
  switch (item.tag) {
    case "scan":
      return item.body.map(phaseOf).find((phase) => phase !== undefined);
    case "nest":
      return item.groups[0]?.members[0]?.phase;
    case "alone":
      return item.statement.phase;
  }
};

const lowerItem = (context: Context, item: Loops, environment: Environment): ReadonlyArray<Loop> => {
  switch (item.tag) {
    case "scan": {
      const variable = context.scalars.fresh("t");
      const inside = new Map([...environment, [item.axis.key, variableIndex(variable)]]);
      const body = item.body.flatMap((inner) => lowerItem(context, inner, inside));
      const extent = { tag: "size", size: context.extent(item.axis) } as const;
      return [{ tag: "for", variable, extent, descending: item.descending, body }];
    }
    case "nest":
      return lowerNest(context, item, environment);
    case "alone":
      return lowerAlone(context, item.statement, environment);
  }
};

const titleOf = ({ classified }: Context, item: Loops): string => {
  const nameOf = (id: NodeId): string => nodeAt(classified.circuit, id).name ?? `v${id}`;
  switch (item.tag) {
    case "scan":
      return `scan over ${item.axis.key}${item.descending ? ", backwards" : ""}`;
    case "nest":
      return `for all ${item.axes.map((axis) => (axis.tag === "batch" ? "examples" : axis.key)).join(", ") || "components"}`;
    case "alone":
      return "node" in item.statement ? `${item.statement.tag} ${nameOf(item.statement.node)}` : item.statement.tag;
  }
};
