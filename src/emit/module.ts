import type { Generation, ModelInfo, Programs } from "./interface.ts";
import { literal } from "./literal.ts";
import { runtimeText } from "./module-runtime.ts";

/** What a module is made of, besides the run time. */
export interface ModuleParts {
  readonly model: ModelInfo;
  readonly generation: Generation | null;
  /** Functions that the programs share. */
  readonly support: string;
  /** For each program a JavaScript expression that evaluates to a `Program`. */
  readonly programs: { readonly [name in keyof Programs]: string };
}

/** The ES module on disk: it imports nothing and evaluates no text. */
export const moduleText = (parts: ModuleParts): string => `${bodyText(parts)}
const compiled = newCompiledModel(model, generation, programs);
export { model };
export const { ${functions.join(", ")} } = compiled;
`;

/** The same text as the body of a function that returns the compiled model. */
export const closureText = (parts: ModuleParts): string => `${bodyText(parts)}
return newCompiledModel(model, generation, programs);
`;

const functions = ["init", "pack", "forward", "loss", "gradient", "start", "step", "generate", "trainer"] as const;

const bodyText = ({ model, generation, support, programs }: ModuleParts): string => `// Compiled by rnnc.
"use strict";
${runtimeText()}
const model = ${literal(model)};
const generation = ${literal(generation)};
const programs = (() => {
${support}
return {
${Object.entries(programs)
  .map(([name, text]) => `${name}: ${text},`)
  .join("\n")}
};
})();`;
