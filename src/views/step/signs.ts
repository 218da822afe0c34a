import type { Expression } from "../../syntax/tree.ts";

/** How a function is written in its box. */
export const signOf = (fn: string): string => signs[fn] ?? fn;

const signs: Readonly<Record<string, string>> = { sigmoid: "σ", logsumexp: "log Σ", sum: "Σ", dot: "·", sqrt: "√" };

/** The name of a function, without the axes that it goes over. */
export const functionName = (target: Expression): string => {
  const named = target.tag === "index" ? target.target : target;
  return named.tag === "name" ? named.text : "f";
};
