import { createRequire } from "node:module";
import type { Values } from "../../src/runtime/interface.ts";

/** What is used of `onnxruntime-node`, which stands in a package of its own beside these tests. */
interface Runtime {
  readonly InferenceSession: {
    readonly create: (model: Uint8Array, options: object) => Promise<Session>;
  };
  readonly Tensor: new (type: string, data: ArrayLike<number> | BigInt64Array, shape: ReadonlyArray<number>) => object;
}

interface Session {
  readonly inputNames: ReadonlyArray<string>;
  readonly run: (feeds: object) => Promise<Readonly<Record<string, Result>>>;
  readonly release: () => Promise<void>;
}

export interface Result {
  readonly dims: ReadonlyArray<number>;
  readonly data: ArrayLike<number>;
}

const runtime = ((): Runtime | null => {
  try {
    return createRequire(new URL("runtime/package.json", import.meta.url))("onnxruntime-node");
  } catch {
    return null;
  }
})();

/** Why tests are skipped, if they are. */
export const skip =
  runtime === null && "ONNX Runtime is not installed (npm ci --prefix property-tests/onnx/runtime --ignore-scripts)";

export interface Given {
  readonly type: "float32" | "float64" | "int64";
  readonly shape: ReadonlyArray<number>;
  readonly data: Values | Int32Array;
}

const arrays = {
  float32: (data: ArrayLike<number>) => Float32Array.from(data),
  float64: (data: ArrayLike<number>) => Float64Array.from(data),
  int64: (data: ArrayLike<number>) => BigInt64Array.from(Array.from(data, BigInt)),
} as const;

/** What a model of ONNX makes of tensors by name. It fuses operations in single precision, which is switched off with `plainly`. */
export const ran = async (
  model: Uint8Array,
  given: Readonly<Record<string, Given>>,
  plainly = false,
): Promise<Readonly<Record<string, Result>>> => {
  const { InferenceSession, Tensor } = runtime!;
  const session = await InferenceSession.create(model, {
    logSeverityLevel: 4,
    intraOpNumThreads: 1,
    graphOptimizationLevel: plainly ? "disabled" : "all",
  });
  const feeds = session.inputNames.map((name) => {
    const tensor = given[name];
    if (tensor === undefined) throw new Error(`the model asks for ${name}`);
    const { type, shape, data } = tensor;
    return [name, new Tensor(type, arrays[type](data), shape)] as const;
  });
  const results = await session.run(Object.fromEntries(feeds));
  await session.release();
  return results;
};
