import { literal } from "../../src/emit/literal.ts";
import { exportNames } from "../../src/module/exports.ts";
import { instantiate } from "../../src/module/instantiate.ts";
import type { CompiledModel, ModelInfo } from "../../src/runtime/interface.ts";
import type { Generation, Program } from "../../src/runtime/program.ts";
import { describeModel } from "./info.ts";

/** A program written by hand for a test: each name is a buffer of `width` elements for every example. */
export interface Written {
  readonly leaves: ReadonlyArray<readonly [kind: "parameter" | "input", name: string, width?: number]>;
  readonly results: ReadonlyArray<readonly [role: Program["results"][number]["role"], name: string, width?: number]>;
  /** Statements that run for every example `b`; `at(i)` is the offset of its part of the i-th name, leaves first. */
  readonly run: string;
}

export const writtenModel = (
  info: Partial<ModelInfo>,
  generation: Generation | null,
  programs: Readonly<Record<"forward" | "start" | "step", Written>>,
): CompiledModel =>
  instantiate({
    model: describeModel(info),
    generation,
    exports: exportNames,
    support: "",
    programs: {
      forward: programText(programs.forward),
      start: programText(programs.start),
      step: programText(programs.step),
    },
  });

export const nothing: Written = { leaves: [], results: [], run: "" };

/** A parameter has its elements once, anything else once for each example. */
const programText = ({ leaves, results, run }: Written): string => {
  const slots = [...leaves, ...results].map(([kind, name, width = 1], buffer) => ({
    name,
    buffer,
    extents: kind === "parameter" ? [width] : width === 1 ? ["@batch"] : ["@batch", width],
    axes: kind === "parameter" ? [""] : width === 1 ? ["@batch"] : ["@batch", ""],
    width,
    kind,
  }));
  const step = slots.map(({ kind, width }) => (kind === "parameter" ? 0 : width));
  return `{
    lengths: [],
    plan: ([size]) => {
      const sizes = ${literal(slots.map(({ kind, width }) => [kind === "parameter", width]))};
      let end = 0;
      const offsets = sizes.map(([once, width]) => (end += once ? width : size * width) - (once ? width : size * width));
      return { offsets, size: end };
    },
    leaves: ${literal(slots.slice(0, leaves.length))},
    results: ${literal(slots.slice(leaves.length).map(({ kind, ...slot }) => ({ role: kind, ...slot })))},
    run: (M, L, [size], offsets) => {
      for (let b = 0; b < size; b++) {
        const at = (i) => offsets[i] + b * ${literal(step)}[i];
        ${run}
      }
    },
  }`;
};
