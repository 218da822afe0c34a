import type { Given, Told } from "../protocol.ts";
import { rightProgram } from "./compiled.ts";

/** The whole module of a program, as `rnnc compile` writes it. */
export const moduleText = ({ target, ...program }: Given<"moduleText">): Told<"moduleText"> =>
  rightProgram(program, { target }).moduleText;
