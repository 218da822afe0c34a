import tf from "@tensorflow/tfjs";
import { repeats } from "../data.js";
import { save } from "../weights.js";

const rnn = tf.layers.simpleRNN({
  name: "rnn",
  units: 6,
  returnSequences: true,
  kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }),
  recurrentInitializer: tf.initializers.orthogonal({ seed: 2 }),
});
const dense = tf.layers.dense({
  units: 1,
  activation: "sigmoid",
  kernelInitializer: tf.initializers.glorotUniform({ seed: 3 }),
});
const model = tf.sequential({
  layers: [
    tf.layers.embedding({
      name: "embedding",
      inputDim: 12,
      outputDim: 4,
      inputLength: 9,
      embeddingsInitializer: tf.initializers.randomUniform({ minval: -0.5, maxval: 0.5, seed: 4 }),
    }),
    tf.layers.bidirectional({ name: "both", layer: rnn, mergeMode: "concat" }),
    tf.layers.timeDistributed({ name: "dense", layer: dense }),
  ],
});
model.compile({ optimizer: tf.train.momentum(0.5, 0.9), loss: "binaryCrossentropy" });
save(model.weights, "start.json");

const { w, y } = repeats(32, 9, 12);
const targets = tf.tensor(y).expandDims(2);
const { history } = await model.fit(tf.tensor2d(w), targets, { epochs: 10, batchSize: 32, shuffle: false, verbose: 0 });
console.log("loss", ...history.loss);
console.log("evaluated", model.evaluate(tf.tensor2d(w), targets).dataSync()[0]);
console.log("p", ...model.predict(tf.tensor2d(w.slice(0, 1))).dataSync());
