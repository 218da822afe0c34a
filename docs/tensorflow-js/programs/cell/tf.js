import tf from "@tensorflow/tfjs";
import { sums } from "../data.js";
import { save } from "../weights.js";

/** A unit that follows its input as slowly as it has learned to: h = (1 - a) h + a tanh(W x + U h + b). */
class LeakyCell extends tf.layers.RNNCell {
  constructor(config) {
    super(config);
    this.units = config.units;
    this.stateSize = config.units;
  }
  build(inputShape) {
    const { units } = this;
    const weight = (name, shape, initializer) => this.addWeight(name, shape, "float32", initializer);
    this.kernel = weight(
      "kernel",
      [inputShape[inputShape.length - 1], units],
      tf.initializers.glorotUniform({ seed: 1 }),
    );
    this.recurrent = weight("recurrent_kernel", [units, units], tf.initializers.orthogonal({ seed: 2 }));
    this.bias = weight("bias", [units], tf.initializers.zeros());
    this.leak = weight("leak", [units], tf.initializers.zeros());
    this.built = true;
  }
  call([x, h]) {
    return tf.tidy(() => {
      const a = tf.sigmoid(this.leak.read());
      const g = tf.tanh(x.matMul(this.kernel.read()).add(h.matMul(this.recurrent.read())).add(this.bias.read()));
      const next = h.add(a.mul(g.sub(h)));
      return [next, next];
    });
  }
  getConfig() {
    return { ...super.getConfig(), units: this.units };
  }
  static get className() {
    return "LeakyCell";
  }
}
tf.serialization.registerClass(LeakyCell);

const model = tf.sequential();
const cell = new LeakyCell({ units: 8 });
model.add(tf.layers.rnn({ name: "leaky", cell, returnSequences: true, inputShape: [null, 2] }));
const dense = tf.layers.dense({ units: 1, kernelInitializer: tf.initializers.glorotUniform({ seed: 3 }) });
model.add(tf.layers.timeDistributed({ name: "dense", layer: dense }));
model.compile({ optimizer: tf.train.adam(0.02), loss: "meanSquaredError" });
save(model.weights, "start.json");

const { x, y } = sums(32, 12, 2);
const { history } = await model.fit(tf.tensor3d(x), tf.tensor3d(y), {
  epochs: 10,
  batchSize: 32,
  shuffle: false,
  verbose: 0,
});
console.log("loss", ...history.loss);
