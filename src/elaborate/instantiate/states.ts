import type { Definition, Expression, Statement } from "../../syntax/tree.ts";

/** Whether a cell's text reads a name elsewhere than at the axes themselves, or gives it a boundary: a state of the cell. */
export const looksElsewhere = ({ body }: Extract<Definition, { readonly tag: "cell" }>, name: string): boolean =>
  body.some((statement) => isBoundaryOf(statement, name) || readsElsewhere(statement, name));

const isBoundaryOf = (statement: Statement, name: string): boolean =>
  statement.tag === "for"
    ? statement.body.some((inner) => isBoundaryOf(inner, name))
    : statement.tag === "equation" &&
      statement.targets.some((target) => target.name.text === name && !target.indices.every(isName));

const readsElsewhere = (part: unknown, name: string): boolean => {
  if (typeof part !== "object" || part === null) return false;
  const read = part as Partial<Extract<Expression, { readonly tag: "index" }>>;
  const isHere =
    read.tag === "index" && read.target?.tag === "name" && read.target.text === name && !read.indices?.every(isName);
  return isHere || Object.values(part).some((inner) => readsElsewhere(inner, name));
};

const isName = ({ tag, ...index }: Expression): boolean => tag === "name" && "text" in index && index.text !== "_";
