import type { Compiled } from "../../../src/compile.ts";
import type { Orders } from "../../../src/views/model-equations.ts";
import { sourceOrders } from "../../../src/views/source-orders.ts";
import { type Program, programFile } from "../program.ts";
import { type Options, rightProgram } from "./compiled.ts";

/** A right program, compiled, with the order in which its source writes indices. */
export const opened = (
  program: Program,
  options: Options = {},
): { readonly compiled: Compiled; readonly orders: Orders } => {
  const compiled = rightProgram(program, options);
  return { compiled, orders: sourceOrders(program.source, programFile, compiled.elaborated.name) };
};
