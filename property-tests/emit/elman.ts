import { featureAxis, type TimeAxis, timeAxis } from "../../src/circuit/axis.ts";
import { newBuilder } from "../../src/circuit/build.ts";
import type { Model } from "../../src/circuit/model.ts";
import { type Compiled, compileModel } from "../../src/compile.ts";
import type { Target } from "../../src/emit/targets.ts";
import { settingsOf } from "../../src/module/settings.ts";
import type { Precision } from "../../src/runtime/interface.ts";

const t: TimeAxis = timeAxis("t", 0, { tag: "length", name: "T", over: [] });

/** `h[t] : R[2] = tanh(W h[t-1] + U x[t])`, `minimize sum[t](sumsq(h[t]))`, under any names. */
export const elman = (names: { readonly x: string; readonly W: string; readonly h: string }): Model => {
  const b = newBuilder();
  const [rows, columns] = [featureAxis(0, 2), featureAxis(1, 2)];
  const times = (matrix: string, vector: number): number =>
    b.sum([columns], b.map("mul", b.parameter(matrix, [2, 2]), b.rename([[rows, columns]], vector)));
  const before = b.feedback(t, 1, b.constant(0), [t, rows]);
  const h = b.map("tanh", b.map("add", times(names.W, before), times("U", b.input(names.x, [t, rows]))));
  b.tie(before, b.name(h, names.h));
  return {
    name: "Elman",
    axes: [t],
    parameters: [names.W, "U"].map((path) => ({ path, axes: [], shape: [2, 2], initialiser: { tag: "glorot" } })),
    inputs: [{ name: names.x, role: "input", axes: [t], shape: [2] }],
    randoms: [],
    minimized: 1,
    required: [],
    limits: [],
    circuit: b.finish([
      { role: "output", name: names.h, node: h, axes: [t, rows] },
      { role: "loss", name: "loss", node: b.sum([t, rows], b.map("mul", h, h)), axes: [] },
    ]),
    warnings: [],
  };
};

export const compiledElman = (
  precision: Precision = "f64",
  target: Target = "js",
  names = { x: "x", W: "W", h: "h" },
): Compiled => compileModel(settingsOf({ precision, target }))(elman(names));
