import tf from "@tensorflow/tfjs";
import { waves } from "../data.js";
import { save } from "../weights.js";

const model = tf.sequential({
  layers: [
    tf.layers.masking({ maskValue: 0, inputShape: [null, 1] }),
    tf.layers.lstm({
      name: "lstm",
      units: 16,
      kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }),
      recurrentInitializer: tf.initializers.orthogonal({ seed: 2 }),
    }),
    tf.layers.dense({
      name: "dense",
      units: 3,
      activation: "softmax",
      kernelInitializer: tf.initializers.glorotUniform({ seed: 3 }),
    }),
  ],
});
model.compile({ optimizer: tf.train.sgd(0.1), loss: "sparseCategoricalCrossentropy" });
save(model.weights, "start.json");

const { x, y } = waves(24, 10);
const lengths = x.map((_, i) => 3 + (i % 8));
const padded = x.map((steps, i) => steps.map((step, t) => (t < lengths[i] ? step : [0])));
const { history } = await model.fit(tf.tensor3d(padded), tf.tensor1d(y), {
  epochs: 5,
  batchSize: 24,
  shuffle: false,
  verbose: 0,
});
console.log("loss", ...history.loss);
console.log("p", ...model.predict(tf.tensor3d(padded.slice(0, 2))).dataSync());
