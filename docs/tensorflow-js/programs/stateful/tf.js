import tf from "@tensorflow/tfjs";
import { sums } from "../data.js";
import { save } from "../weights.js";

const dense = tf.layers.dense({ units: 1, kernelInitializer: tf.initializers.glorotUniform({ seed: 3 }) });
const model = tf.sequential({
  layers: [
    tf.layers.lstm({
      name: "lstm",
      units: 8,
      returnSequences: true,
      stateful: true,
      batchInputShape: [2, 4, 2],
      recurrentActivation: "sigmoid",
      kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }),
      recurrentInitializer: tf.initializers.orthogonal({ seed: 2 }),
    }),
    tf.layers.timeDistributed({ name: "dense", layer: dense }),
  ],
});
save(model.weights, "start.json");

const { x } = sums(2, 12, 2);
const block = (from) => tf.tensor3d(x.map((steps) => steps.slice(from, from + 4)));
console.log("first", ...model.predict(block(0)).dataSync());
console.log("next", ...model.predict(block(4)).dataSync());
console.log("last", ...model.predict(block(8)).dataSync());
model.resetStates();
console.log("anew", ...model.predict(block(0)).dataSync());
