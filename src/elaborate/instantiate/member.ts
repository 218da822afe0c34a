import { printExpression } from "../../syntax/print-expression.ts";
import type { Expression } from "../../syntax/tree.ts";
import { staticNumber } from "../static.ts";
import type { Term } from "../system.ts";
import { type Context, pathIn } from "./context.ts";

type Member = Extract<Expression, { readonly tag: "member" }>;

/**
 * `enc.Wf`, `z[2].Wf`: a parameter of an applied cell, by the path that it has here. The cell may be applied further
 * down, so that the path is looked up once all is written out; until then a hidden variable stands for it.
 */
export const elaborateMember = (context: Context, member: Member): Term => {
  const { assembly, frame } = context;
  const { span } = member;
  const own = pathOf(context, member);
  if (own === undefined) return { tag: "wrong", span };
  const path = assembly.hiddenPath();
  const written = printExpression(member);
  assembly.declare({ path, name: written, origin: "hidden", axes: [], span });
  const prefixes = [...new Set([frame.parameterPrefix, frame.statePrefix])];
  assembly.addMember({ path, written, prefixes, own, report: assembly.report, span });
  return { tag: "read", path, places: [], span };
};

/** Names and indices that are known when compiling, as a path has them; undefined, and reported, if it is none. */
const pathOf = (context: Context, part: Expression): string | undefined => {
  if (part.tag === "name") return part.text;
  if (part.tag === "member") {
    const target = pathOf(context, part.target);
    return target === undefined ? undefined : pathIn(target, part.name.text);
  }
  const { scope, assembly } = context;
  if (part.tag !== "index") {
    const hint = "A parameter is read by the path that `check` prints: `enc.Wf`, of a family `z[2].Wf`.";
    assembly.report({ tag: "unsupported", span: part.span, what: "A dot behind a value", hint });
    return undefined;
  }
  const target = pathOf(context, part.target);
  const numbers = part.indices.map((index) => staticNumber(scope, index));
  const dynamic = part.indices[numbers.indexOf(undefined)];
  if (dynamic !== undefined)
    assembly.report({ tag: "notStatic", span: dynamic.span, expected: "The index of a family" });
  return target === undefined || dynamic !== undefined ? undefined : [target, ...numbers].join(".");
};
