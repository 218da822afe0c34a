import { printExpression } from "../../syntax/print-expression.ts";
import type { Expression } from "../../syntax/tree.ts";
import type { DiagramNode } from "./diagram.ts";

/** What is minimized besides the likelihoods of random variables. */
export const lossNode = (expression: Expression): DiagramNode => ({
  key: lossKey,
  kind: "loss",
  title: "minimize",
  rest: ` ${printExpression(expression)}`,
});

export const lossKey = "loss";
