import { bytesOf } from "../../emit/wasm/kernels/bytes.js";
import type { ModelInfo, Params } from "../../runtime/interface.ts";

/** The parameters of a model, one after the other as little-endian numbers in base64. */
export const paramsOf = ({ params, precision }: Pick<ModelInfo, "params" | "precision">, text: string): Params => {
  const { buffer } = bytesOf(text);
  let at = 0;
  return Object.fromEntries(
    params.map(({ path, shape }) => {
      const length = shape.reduce((product, size) => product * size, 1);
      const values = precision === "f32" ? new Float32Array(buffer, at, length) : new Float64Array(buffer, at, length);
      at += values.byteLength;
      // A copy of its own, which may be given to another thread.
      return [path, values.slice()];
    }),
  );
};
