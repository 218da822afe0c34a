import type { Expression, Statement } from "../../syntax/tree.ts";
import type { Assembly } from "../assembly.ts";
import type { Problem } from "../problem.ts";
import { lookUp, type Scope } from "../scope.ts";
import { requiredNumber, staticValue } from "../static.ts";
import type { System } from "../system.ts";
import { indexOf } from "./position.ts";

/** `axis i in 1..N until y[i] == eos`. */
export const declareEndings = (statements: ReadonlyArray<Statement>, scope: Scope, assembly: Assembly): void => {
  for (const statement of statements)
    if (statement.tag === "axis" && statement.until !== undefined)
      declareEnding(statement.name.text, statement.until, scope, assembly);
};

/** An axis ends where a symbol is drawn: `until` speaks of one variable, which has a `~`, and of no other axis. */
export const endingProblems = ({ endings, variables }: System): ReadonlyArray<Problem> =>
  endings.flatMap(({ path, span }, i): ReadonlyArray<Problem> => {
    const [first] = endings.filter((ending) => ending.path === path);
    if (variables.get(path)?.meaning.tag !== "random")
      return [{ tag: "unsupported", span, what: "An end by a value that is not drawn (`~`)" }];
    return first === endings[i] ? [] : [{ tag: "unsupported", span, what: "The end of two axes by one variable" }];
  });

const declareEnding = (name: string, condition: Expression, scope: Scope, assembly: Assembly): void => {
  const entity = lookUp(scope, name);
  if (entity?.tag !== "axis") return;
  const read = condition.tag === "binary" && condition.operator === "==" ? condition.left : undefined;
  const variable = read?.tag === "index" && read.target.tag === "name" ? lookUp(scope, read.target.text) : undefined;
  const index = read?.tag === "index" ? indexOf(scope, read.indices[0]!, "axis") : undefined;
  const isHere = index?.tag === "shift" && index.axis.key === entity.axis.key && index.by === 0;
  if (condition.tag !== "binary" || variable?.tag !== "variable" || !isHere) {
    assembly.report({ tag: "unsupported", span: condition.span, what: "An end other than `y[i] == symbol`" });
    return;
  }
  const known = staticValue(scope, condition.right);
  const symbol = requiredNumber(scope, condition.right, "The symbol that ends an axis", assembly.report);
  if (symbol !== undefined)
    assembly.addEnding({
      axis: entity.axis,
      path: variable.prefix,
      symbol,
      origins: known?.tag === "number" ? (known.origins ?? []) : [],
      span: condition.span,
    });
};
