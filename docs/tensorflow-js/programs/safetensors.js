import { readFileSync, writeFileSync } from "node:fs";
import tf from "@tensorflow/tfjs";

/** A place to save a model to: its weights as they lie in memory, behind a header that says where each of them is. */
export const safetensors = (file) =>
  tf.io.withSaveHandler(async ({ weightSpecs, weightData }) => {
    let end = 0;
    const places = weightSpecs.map(({ name, shape }) => {
      const begin = end;
      end += 4 * shape.reduce((a, b) => a * b, 1);
      return [name, { dtype: "F32", shape, data_offsets: [begin, end] }];
    });
    const header = Buffer.from(JSON.stringify(Object.fromEntries(places)));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    writeFileSync(file, Buffer.concat([length, header, Buffer.from(weightData)]));
    return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: "JSON" } };
  });

/** The tensors of such a file, by name. */
export const tensorsOf = (file) => {
  const bytes = readFileSync(file);
  const data = 8 + Number(bytes.readBigUInt64LE());
  const { __metadata__, ...places } = JSON.parse(bytes.subarray(8, data));
  return Object.fromEntries(
    Object.entries(places).map(
      ([
        name,
        {
          shape,
          data_offsets: [begin, end],
        },
      ]) => [
        name,
        tf.tensor(new Float32Array(Uint8Array.from(bytes.subarray(data + begin, data + end)).buffer), shape),
      ],
    ),
  );
};
