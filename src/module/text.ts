import { literal } from "../emit/literal.ts";
import { runtimeText } from "../runtime/generated/runtime.ts";
import { exportNames, functionText, streamText } from "./exports.ts";
import type { ModuleParts } from "./parts.ts";

/** The ES module on disk: it imports nothing and evaluates no text. */
export const moduleText = (parts: ModuleParts): string => `${bodyText(parts)}
export { model };
${parts.exports.map((name) => `export const ${name} = ${functionText(parts)(name)};\n`).join("")}`;

/** The same text as the body of a function that returns the compiled model. */
export const closureText = (parts: ModuleParts): string => `${bodyText(parts)}
return { model, ${exportNames.map((name) => `${name}: ${functionText(parts)(name)}`).join(", ")} };
`;

const bodyText = (parts: ModuleParts): string => `// Compiled by rnnc.
"use strict";
${runtimeText}
const model = ${literal(parts.model)};
const generation = ${literal(parts.generation)};
const programs = (() => {
${parts.support}
return {
${Object.entries(parts.programs)
  .map(([name, text]) => `${name}: ${text},`)
  .join("\n")}
};
})();
const stream = ${streamText(parts)};`;
