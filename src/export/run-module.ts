import { Buffer } from "node:buffer";
import { build, type Plugin } from "esbuild";
import type { Facts } from "../data/served/facts.ts";
import { literal } from "../emit/literal.ts";
import type { Compiled } from "../module/compiled.ts";
import type { ExportName } from "../module/contents.ts";
import type { Params } from "../runtime/interface.ts";
import { vocabulariesOf } from "../train/facts.ts";
import { bytesOfValues } from "../weights/element-types.ts";
import { servedText } from "./generated/served.ts";
import type { Serving } from "./run-declaration.ts";

/**
 * The module of a trained run as one text that imports nothing: its compiled functions, its weights, and what makes records
 * numbers and numbers answers.
 */
export const runModuleText = async (
  compiled: Compiled,
  params: Params,
  facts: Facts,
  exports: ReadonlyArray<ExportName>,
  serving: Serving,
  isReadable: boolean,
): Promise<string> => {
  const { outputFiles } = await build({
    stdin: { contents: entryText(compiled, params, facts, exports, serving), loader: "js" },
    bundle: true,
    write: false,
    format: "esm",
    target: "es2022",
    platform: "neutral",
    minify: !isReadable,
    // An engine that tells an error shows its whole line.
    lineLimit: 160,
    banner: { js: "// Compiled by rnnc." },
    plugins: [modules({ compiled: compiled.moduleText, served: servedText })],
    logLevel: "silent",
  });
  return outputFiles[0]!.text;
};

/** Modules that stand in no file, by name. */
const modules = (texts: Readonly<Record<string, string>>): Plugin => ({
  name: "texts",
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /.*/ }, ({ path }) => ({ path, namespace: "texts", sideEffects: false }));
    onLoad({ filter: /.*/, namespace: "texts" }, ({ path }) => ({ contents: texts[path]!, loader: "js" }));
  },
});

const entryText = (
  { model }: Compiled,
  params: Params,
  facts: Facts,
  exports: ReadonlyArray<ExportName>,
  { predicts, draws }: Serving,
): string => {
  const make = facts.vocabulary === null ? "newGenerate" : "newGenerateText";
  const served = [
    ...(predicts ? [["predict", "newPredict({ model, pack, forward: tell }, params, facts)"] as const] : []),
    ...(draws === undefined ? [] : [["generate", `${make}({ model, generate: draw }, params, facts)`] as const]),
  ];
  return `import { ${["model", ...(predicts ? ["pack", "forward as tell"] : []), ...(draws === undefined ? [] : ["generate as draw"])].join(", ")} } from "compiled";
import { paramsOf, ${[...(predicts ? ["newPredict", "outputsAlone"] : []), ...(draws === undefined ? [] : [make])].join(", ")} } from "served";
export { ${["model", ...exports.filter((name) => !(name === "forward" && predicts))].join(", ")} } from "compiled";
${exports.includes("forward") && predicts ? "export const forward = outputsAlone(tell);" : ""}
const facts = ${parsed(facts)};
export const vocabularies = ${parsed(vocabulariesOf(facts, model.targets[0]?.name))};
export const params = paramsOf(model, "${base64Of(model.params.map(({ path }) => bytesOfValues(params[path]!)))}");
${served.map(([name, text]) => `export const ${name} = ${text};\n`).join("")}
${served.length === 0 ? "" : `export const withParams = (params) => ({ ${served.map(([name, text]) => `${name}: ${text}`).join(", ")} });`}
`;
};

/** Names of the user's are keys, which only JSON takes for what they are, whatever they are. */
const parsed = (value: unknown): string => `JSON.parse(${literal(JSON.stringify(value))})`;

const base64Of = (parts: ReadonlyArray<Uint8Array>): string => Buffer.concat(parts).toString("base64");
