import type { Definition, Expression, Statement } from "../../syntax/tree.ts";
import type { Known } from "../library.ts";
import { limits } from "../limits.ts";

/**
 * How many applications of cells one application comes to, itself counted, before any is written out: cells that contain
 * cells twice grow as powers of two. What depends on values (a cell given as a static parameter, the members of a family)
 * counts once here, and again when it is written out.
 */
export const applicationsOf = (known: Known): number => counted(known, 0);

const counts = new WeakMap<Definition, number>();

/** Beyond the greatest depth nothing is written out, so nothing is counted. */
const counted = ({ definition, home }: Known, depth: number): number => {
  const found = counts.get(definition);
  if (found !== undefined || definition.tag === "model" || depth > limits.cellDepth) return found ?? 0;
  const body = definition.tag === "function" ? [definition.result] : definition.body;
  // A cell that applies itself is found out when it is written out.
  counts.set(definition, 1);
  const inside = calledIn(body).reduce((sum, name) => {
    const callee = home.get(name);
    return callee === undefined ? sum : sum + counted(callee, depth + 1);
  }, 1);
  counts.set(definition, inside);
  return inside;
};

/** The names that are applied in statements or expressions: of `LSTM(n)(x[t])` the name once. */
const calledIn = (parts: ReadonlyArray<Statement | Expression>): ReadonlyArray<string> => {
  const names: string[] = [];
  const left: unknown[] = [...parts];
  for (let part = left.pop(); part !== undefined || left.length > 0; part = left.pop()) {
    if (typeof part !== "object" || part === null) continue;
    if (isApplication(part)) {
      let target: Expression = part;
      while (target.tag === "apply") {
        left.push(...target.arguments);
        target = target.target;
      }
      if (target.tag === "name") names.push(target.text);
      else left.push(target);
    } else if ("tag" in part || Array.isArray(part)) left.push(...Object.values(part));
  }
  return names;
};

const isApplication = (part: object): part is Extract<Expression, { readonly tag: "apply" }> =>
  "tag" in part && part.tag === "apply";
