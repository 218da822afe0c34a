import { publicTypes } from "../runtime/generated/interface.ts";
import type { ModelInfo } from "../runtime/interface.ts";
import { functionTypes } from "./function-types.ts";
import { arrayOf, describe, exampleMembers, lengthMembers, member, stepMembers } from "./member-types.ts";
import type { Settings } from "./settings.ts";

/** The types of a module: its parameters and inputs by their own names, with their shapes in the comments. */
export const declarationText = (
  info: ModelInfo,
  { exports, wrt }: Pick<Settings, "exports" | "wrt">,
): string => `${publicTypes}
/** One row-major typed array per parameter. */
export interface Params {
${info.params.map(({ path, shape }) => member(describe(shape, []), path, arrayOf(info))).join("\n")}
}

/** What the loss is differentiated by: every parameter that is learned${wrt.length === 0 ? "" : `, and ${wrt.join(", ")}`}. */
export interface Gradient {
${[...info.params.filter(({ fixed }) => fixed !== true).map(({ path, shape }) => member(describe(shape, []), path, arrayOf(info))), ...wrt.map((name) => member("As the batch has it.", name, arrayOf(info)))].join("\n")}
}

/** One example: nested arrays in the order of the indices, or typed arrays with a shape. */
export interface Example {
${[...exampleMembers(info), ...lengthMembers(info)].join("\n")}
}

/** What one step reads: one element for each stream. */
export interface Step {
${stepMembers(info).join("\n")}
}

export interface Outputs {
${info.outputs.map((output) => member(describe(output.shape, output.indices), output.name, "Output")).join("\n")}
}

export interface StepOutput {
${info.outputs
  .filter(({ indices }) => indices.includes(`${info.streamable}`))
  .map(({ name, shape }) => member(describe(shape, []), name, arrayOf(info)))
  .join("\n")}
}

/** What the model is: its parameters, inputs, axes and outputs, with their shapes. */
export declare const model: Omit<ModelInfo, "params"> & {
  readonly params: ReadonlyArray<${parameterType(info)}>;
};
${exports.map((name) => functionTypes[name](info)).join("")}`;

/** What is fixed has a path that no gradient has. */
const parameterType = ({ params }: ModelInfo): string => {
  const among = (isFixed: boolean): string =>
    params
      .filter(({ fixed = false }) => fixed === isFixed)
      .map(({ path }) => JSON.stringify(path))
      .join(" | ");
  const kinds = [
    [among(false), "fixed?: never"],
    [among(true), "fixed: true"],
  ].flatMap(([paths, fixed]) =>
    paths === "" ? [] : [`(ModelInfo["params"][number] & { readonly path: ${paths}; readonly ${fixed} })`],
  );
  return kinds.length === 0 ? "never" : kinds.join(" | ");
};
