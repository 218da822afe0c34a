import { type Circuit, elementaryNames } from "../circuit/circuit.ts";
import { type Without, withoutNothing } from "../circuit/optimisation.ts";
import type { Choices } from "../schedule/choices.ts";
import type { LoopProgram } from "../schedule/loops.ts";
import type { Memory } from "../schedule/memory.ts";
import { choicesWithout } from "../schedule/optimisations.ts";
import { schedule } from "../schedule/schedule.ts";
import { carriedSymbols } from "./carried-symbols.ts";
import { bestCode, type CodeChoices } from "./choices.ts";
import { elementaryText, wholePowersText } from "./elementary/javascript.ts";
import { hasVectors } from "./engine.ts";
import { kernelTexts } from "./generated/kernels.ts";
import type { Precision } from "./interface.ts";
import { javascript } from "./javascript.ts";
import { literal } from "./literal.ts";
import { codeWithout } from "./optimisations.ts";
import { wasmText, wasmTexts } from "./wasm/program.ts";

/** What compiled programs run as: JavaScript, or WebAssembly with vectors, embedded in the JavaScript module. */
export type Target = "js" | "wasm";

/**
 * Single precision is where vectors gain most; WebAssembly serves for double precision on request. An engine that lacks
 * it gets JavaScript.
 */
export const defaultTarget = (precision: Precision): Target => (precision === "f32" && hasVectors() ? "wasm" : "js");

export interface ProgramOptions {
  readonly precision: Precision;
  readonly target: Target;
  /** The optimisations that are switched off. */
  readonly without?: Without;
  readonly memory?: Memory;
  /** Whether functions of WebAssembly carry names, and statements of JavaScript say whose value they give. */
  readonly names?: boolean;
}

/** How programs are scheduled. A product in JavaScript adds up doubles: its sums are doubles between segments too. */
export const choicesFor = ({ precision, target, without = withoutNothing, memory }: ProgramOptions): Choices => ({
  ...choicesWithout(without, memory),
  sumsInDouble: target === "js" && precision === "f32",
});

/** What the programs share, and for each circuit, which has a batch, a JavaScript expression that gives its `Program`. */
export const programTexts = <Circuits extends object>(
  circuits: Circuits,
  options: ProgramOptions,
): { readonly support: string; readonly programs: { readonly [name in keyof Circuits]: string } } => {
  const entries: ReadonlyArray<readonly [string, Circuit]> = Object.entries(circuits);
  const { precision, target, without = withoutNothing, names = false } = options;
  const choices = choicesFor(options);
  const programs = entries.map(([, circuit]) => schedule(circuit, choices));
  const code = codeWithout(without);
  const named = (texts: ReadonlyArray<string>) =>
    Object.fromEntries(entries.map(([name, circuit], i) => [name, withSymbols(circuit, texts[i]!)])) as {
      readonly [name in keyof Circuits]: string;
    };
  if (target === "js") {
    const texts = programs.map((program) => javascript(program, precision, code, names));
    return { support: kernelText(texts, precision), programs: named(texts) };
  }
  const { support, programs: texts } = wasmProgramsText(
    programs,
    precision,
    code,
    names ? Object.keys(circuits) : undefined,
  );
  return { support, programs: named(texts) };
};

/** A program says which values it takes over are symbols. */
const withSymbols = (circuit: Circuit, text: string): string => {
  const symbols = carriedSymbols(circuit);
  return Object.keys(symbols).length === 0 ? text : `{ ...${text}, symbols: ${literal(symbols)} }`;
};

/** Loop programs as WebAssembly within JavaScript: what they share, and the text of each. */
export const wasmProgramsText = (
  programs: ReadonlyArray<LoopProgram>,
  precision: Precision,
  code: CodeChoices = bestCode,
  names?: ReadonlyArray<string>,
): { readonly support: string; readonly programs: ReadonlyArray<string> } => {
  const { support, programs: texts } = wasmTexts(programs, precision, code, names);
  return { support: `${kernelTexts["plan.js"]}\n${kernelTexts["wasm-program.js"]}\n${support}`, programs: texts };
};

/** One program to be read: JavaScript, or the WebAssembly of it in the text format. */
export const programText = (circuit: Circuit, options: ProgramOptions, name = "program"): string => {
  const program = schedule(circuit, choicesFor(options));
  const code = codeWithout(options.without ?? withoutNothing);
  return options.target === "js"
    ? javascript(program, options.precision, code, true)
    : wasmText(program, options.precision, code, name);
};

/** The text of the functions that JavaScript programs call; it stands once in a module, before them. */
export const kernelText = (programs: ReadonlyArray<string>, precision: Precision): string => {
  const calls = (name: string): boolean => programs.some((text) => text.includes(`${name}(`));
  const elementary = elementaryText(elementaryNames.filter(calls), precision === "f32" ? "f32 in f64" : "f64");
  const times = calls("times") ? "const times = (x, z) => (x === 0 || z === 0 ? 0 : x * z);" : "";
  const rounded = calls("rounded") ? "const rounded = Math.fround;" : "";
  return [
    kernelTexts["plan.js"],
    elementary,
    times,
    wholePowersText(programs.join("\n")),
    rounded,
    calls("product") || calls("productInPlace") ? productText() : "",
  ].join("\n");
};

const productText = (): string =>
  (["product-in-place.js", "product-of-panels.js", "product.js"] as const).map((file) => kernelTexts[file]).join("\n");
