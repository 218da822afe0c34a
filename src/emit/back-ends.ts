import * as t from "io-ts";
import type { Precision } from "../runtime/interface.ts";
import type { BackEnd } from "./back-end.ts";
import { javascriptBackEnd } from "./javascript/back-end.ts";
import { wasmBackEnd } from "./wasm/back-end.ts";

/** All back ends, by what a caller asks for them by; the first that will is chosen where nothing is asked for. */
const all = { wasm: wasmBackEnd, js: javascriptBackEnd } satisfies Readonly<Record<string, BackEnd>>;

/** What compiled programs run as. */
export type Target = keyof typeof all;
export const Target: t.Type<Target> = t.keyof(all);

export const backEnds: { readonly [target in Target]: BackEnd } = all;

export const targets = Object.keys(all) as ReadonlyArray<Target>;

export const defaultTarget = (precision: Precision): Target =>
  targets.find((target) => backEnds[target].isFirstChoice(precision)) ?? "js";
