import { literal } from "../emit/literal.ts";
import { runtimeText } from "../runtime/generated/runtime.ts";
import { threadsText } from "../runtime/generated/threads.ts";
import type { ModuleContents } from "./contents.ts";
import { exportNames, functionText, streamText } from "./exports.ts";

/** The ES module on disk: it imports nothing and evaluates no text. */
export const moduleText = (parts: ModuleContents): string => `${bodyText(parts)}
export { model };
${parts.exports.map((name) => `export const ${name} = ${functionText(parts)(name)};\n`).join("")}`;

/** The same text as the body of a function that returns the closures of a compiled model. */
export const closureText = (parts: ModuleContents): string => `${bodyText(parts)}
return { model, forget: () => stepping?.forget(), ${exportNames.map((name) => `${name}: ${functionText(parts)(name)}`).join(", ")} };
`;

const bodyText = (parts: ModuleContents): string => `// Compiled by rnnc.
"use strict";
${runtimeText}
const model = ${literal(parts.model)};
const generation = ${literal(parts.generation)};
${programsText(parts)}
const stepping = ${streamText(parts)};`;

const programsText = ({ support, programs, threads, model: { precision } }: ModuleContents): string => {
  const made = `() => {
${support}
return {
${Object.entries(programs)
  .map(([name, text]) => `${name}: ${name === "process" ? `() => (${text})` : text},`)
  .join("\n")}
};
}`;
  return threads === undefined
    ? `const programs = (${made})();`
    : `const threadedPrograms = (() => {\n${threadsText}\nreturn threadedPrograms;\n})();\nconst programs = threadedPrograms(${made}, ${literal({ ...threads, precision })});`;
};
