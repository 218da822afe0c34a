import * as t from "io-ts";
import type { Precision } from "../runtime/interface.ts";
import type { BackEnd } from "./back-end.ts";
import { cBackEnd } from "./c/back-end.ts";
import { javascriptBackEnd } from "./javascript/back-end.ts";
import { type Target, targetNames, targets } from "./targets.ts";
import { wasmBackEnd } from "./wasm/back-end.ts";

export const backEnds: { readonly [target in Target]: BackEnd } = {
  wasm: wasmBackEnd,
  js: javascriptBackEnd,
  native: cBackEnd,
};

export const TargetName: t.Type<Target> = t.keyof(targets);

/** The first back end that will; all can print JavaScript. */
export const defaultTarget = (precision: Precision): Target =>
  targetNames.find((target) => backEnds[target].isFirstChoice(precision)) ?? "js";
