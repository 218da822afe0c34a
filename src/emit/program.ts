import { readFileSync } from "node:fs";
import type { Circuit } from "../circuit/circuit.ts";
import { schedule } from "../schedule/schedule.ts";
import { javascript } from "./javascript.ts";

/** The text of a JavaScript expression that evaluates to the `Program` of a batched circuit. */
export const programText = (circuit: Circuit): string => javascript(schedule(circuit));

/** The text of the functions that programs call; it stands once in a module, before them. */
export const kernelText = (): string => kernelFiles.map(textOf).join("\n");

const kernelFiles = ["functions.js", "product.js"];

const textOf = (file: string): string =>
  readFileSync(new URL(`./kernels/${file}`, import.meta.url), "utf8").replaceAll(/^export /gm, "");
