import type { Comparison, Standing } from "./comparison.ts";
import { table } from "./markdown.ts";
import { significant } from "./statistics.ts";

/**
 * A figure that the project has set itself, for one thread and single precision. `least` is what it would be if the
 * products of a workload alone were done, as fast as 128-bit vectors can.
 */
interface Goal {
  readonly workload: string;
  readonly what: string;
  readonly wanted: number;
  readonly isAtMost: boolean;
  readonly figure: (comparison: Comparison) => number | undefined;
  readonly least?: (comparison: Comparison) => number | undefined;
}

const medianOf = ({ standings }: Comparison, peer: string): number | undefined =>
  standings.find((standing: Standing) => standing.peer === peer)?.best?.timing.median;

const quotient = (a: number | null | undefined, b: number | null | undefined): number | undefined =>
  a == null || b == null ? undefined : a / b;

/** Of rnnc's time by a peer's. */
const ratio = (workload: string, peer: string, wanted: number): Goal => ({
  workload,
  what: `time / ${peer}`,
  wanted,
  isAtMost: true,
  figure: (comparison) => quotient(medianOf(comparison, "rnnc"), medianOf(comparison, peer)),
  least: (comparison) => quotient(comparison.own.bound, medianOf(comparison, peer)),
});

/** Of the time of its native code. */
const nativeRatio = (workload: string, peer: string, wanted: number, variant = "native"): Goal => ({
  workload,
  what: `native${variant === "native" ? "" : ` ${variant}`} / ${peer}`,
  wanted,
  isAtMost: true,
  figure: (comparison) => quotient(variantOf(comparison, "rnnc native", variant), medianOf(comparison, peer)),
  least: (comparison) => quotient(comparison.native.bound, medianOf(comparison, peer)),
});

const variantOf = ({ standings }: Comparison, peer: string, variant: string): number | undefined =>
  standings.find((standing) => standing.peer === peer)?.variants[variant]?.median;

/** Those beside PyTorch once for each set of kernels that it is measured with. */
const goalsBeside = (pytorches: ReadonlyArray<string>): ReadonlyArray<Goal> => {
  const besidePytorch = (workload: string, wanted: number): ReadonlyArray<Goal> =>
    pytorches.map((name) => ratio(workload, name, wanted));
  const nativeBeside = (workload: string, wanted: number, variant?: string): ReadonlyArray<Goal> =>
    pytorches.map((name) => nativeRatio(workload, name, wanted, variant));
  return [
    ...besidePytorch("W1", 0.9),
    { workload: "W1", what: "GFLOP/s", wanted: 45, isAtMost: false, figure: ({ own }) => own.speed ?? undefined },
    {
      workload: "W1",
      what: "ms in JavaScript",
      wanted: 200,
      isAtMost: true,
      figure: (comparison) => medianOf(comparison, "rnnc js"),
    },
    ...besidePytorch("W2", 1 / 60),
    ...besidePytorch("W3", 1 / 4),
    ratio("W3loop", "onnxruntime", 0.6),
    ...besidePytorch("W4", 1),
    ...besidePytorch("W5", 1.8),
    {
      workload: "W5",
      what: "products at the limit / time",
      wanted: 0.85,
      isAtMost: false,
      figure: (comparison) => quotient(comparison.own.bound, medianOf(comparison, "rnnc")),
    },
    ...besidePytorch("W6", 1 / 40),
    ...besidePytorch("W8", 1 / 20),
    ...nativeBeside("W1", 0.3),
    ...nativeBeside("W2", 1 / 120),
    ...nativeBeside("W3", 1 / 4),
    ...nativeBeside("W3", 1 / 6, "process"),
    ...nativeBeside("W4", 0.38),
    ...nativeBeside("W5", 0.75),
    ...nativeBeside("W6", 1 / 350),
    ...nativeBeside("W8", 1 / 40),
    nativeRatio("W7", "C by hand", 1.1),
    nativeRatio("W7", "onnxruntime", 0.5),
  ];
};

/** Which of them a run has reached. */
export const goalTable = (comparisons: ReadonlyArray<Comparison>, pytorches: ReadonlyArray<string>): string =>
  table(
    ["", "", "wanted", "this run", "reached", "the products alone, at the limit"],
    goalsBeside(pytorches).flatMap(({ workload, what, wanted, isAtMost, figure, least }) => {
      const comparison = comparisons.find((each) => each.workload === workload);
      const found = comparison === undefined ? undefined : figure(comparison);
      if (comparison === undefined || found === undefined) return [];
      const bound = least?.(comparison);
      return [
        [
          workload,
          what,
          `${isAtMost ? "at most" : "at least"} ${shown(wanted)}`,
          shown(found),
          (isAtMost ? found <= wanted : found >= wanted) ? "yes" : "no",
          bound === undefined ? "" : shown(bound),
        ],
      ];
    }),
  );

/** A small ratio as a fraction. */
const shown = (value: number): string => (value < 0.3 ? `1/${(1 / value).toFixed(1)}` : significant(value));
