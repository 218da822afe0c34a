import tf from "@tensorflow/tfjs";
import { waves } from "../data.js";
import { save } from "../weights.js";

const model = tf.sequential({
  layers: [
    tf.layers.lstm({
      name: "lstm",
      units: 16,
      inputShape: [null, 1],
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
model.compile({ optimizer: tf.train.adam(0.01), loss: "sparseCategoricalCrossentropy" });
save(model.weights, "start.json");

const { x, y } = waves(48, 10);
const { history } = await model.fit(tf.tensor3d(x), tf.tensor1d(y), {
  epochs: 5,
  batchSize: 16,
  shuffle: false,
  verbose: 0,
});
console.log("loss", ...history.loss);
console.log("p", ...model.predict(tf.tensor3d(x.slice(0, 2))).dataSync());
