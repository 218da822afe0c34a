import type { Extent } from "../circuit/axis.ts";
import type { Expression, Type } from "../syntax/tree.ts";
import type { Report } from "./problem.ts";
import { lookUp, type Scope } from "./scope.ts";
import { requiredSize } from "./static.ts";
import type { DeclaredSize, DeclaredType } from "./system.ts";

/** The type that a declaration states, its sizes evaluated; undefined if a problem is reported. */
export const declaredType = (scope: Scope, type: Type, report: Report): DeclaredType | undefined => {
  const size = (expression: Expression): DeclaredSize | undefined => {
    const value = requiredSize(scope, expression, report);
    return value === undefined ? undefined : { value, span: expression.span };
  };
  if (type.tag === "symbol") {
    const symbols = size(type.size);
    return symbols === undefined ? undefined : { tag: "symbol", size: symbols, span: type.span };
  }
  if (type.tag === "position") {
    const extent = extentNamed(scope, type.length, report);
    return extent === undefined ? undefined : { tag: "position", extent, span: type.span };
  }
  const sizes = type.sizes.map(size);
  if (!sizes.every((found) => found !== undefined)) return undefined;
  if (sizes.length <= 2) return { tag: "real", sizes, span: type.span };
  const hint = "Write it as a family of matrices: `for k in 1..K { param A[k] : R[n,m] }`.";
  report({ tag: "unsupported", span: type.span, what: "A tensor of more than two axes", hint });
  return undefined;
};

/** How many positions there are: as many as an axis has, by the name of its length, or a number. */
const extentNamed = (scope: Scope, length: Expression, report: Report): Extent | undefined => {
  const entity = length.tag === "name" ? lookUp(scope, length.text) : undefined;
  if (entity?.tag === "length") return entity.axis.extent;
  const size = requiredSize(scope, length, report);
  return size === undefined ? undefined : { tag: "fixed", size };
};
