import tf from "@tensorflow/tfjs";
import { sums } from "../data.js";
import { save } from "../weights.js";

const model = tf.sequential();
model.add(
  tf.layers.gru({
    name: "gru",
    units: 8,
    returnSequences: true,
    inputShape: [null, 2],
    kernelInitializer: tf.initializers.glorotUniform({ seed: 1 }),
    recurrentInitializer: tf.initializers.orthogonal({ seed: 2 }),
  }),
);
const dense = tf.layers.dense({ units: 1, kernelInitializer: tf.initializers.glorotUniform({ seed: 3 }) });
model.add(tf.layers.timeDistributed({ name: "dense", layer: dense }));
model.compile({ optimizer: tf.train.sgd(0.2), loss: "meanSquaredError" });
save(model.weights, "start.json");

const { x, y } = sums(32, 12, 2);
const { history } = await model.fit(tf.tensor3d(x), tf.tensor3d(y), {
  epochs: 10,
  batchSize: 32,
  shuffle: false,
  verbose: 0,
});
console.log("loss", ...history.loss);
console.log("o", ...model.predict(tf.tensor3d(x.slice(0, 1))).dataSync());
