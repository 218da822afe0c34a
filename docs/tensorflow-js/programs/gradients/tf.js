import tf from "@tensorflow/tfjs";
import { sums } from "../data.js";
import { save } from "../weights.js";

const n = 8;
const U = tf.variable(tf.randomNormal([2, n], 0, 0.5, "float32", 1), true, "U");
const W = tf.variable(tf.randomNormal([n, n], 0, 0.3, "float32", 2), true, "W");
const b = tf.variable(tf.zeros([n]), true, "b");
const v = tf.variable(tf.randomNormal([n, 1], 0, 0.5, "float32", 3), true, "v");
save([U, W, b, v], "start.json");

const { x, y } = sums(32, 12, 2);
const steps = tf.unstack(tf.tensor3d(x), 1);
const targets = tf.unstack(tf.tensor3d(y), 1);
const loss = () => {
  let h = tf.zeros([32, n]);
  const errors = steps.map((step, t) => {
    h = tf.tanh(step.matMul(U).add(h.matMul(W)).add(b));
    return h.matMul(v).sub(targets[t]).square().sum(1);
  });
  return tf.addN(errors).mean();
};

const optimizer = tf.train.sgd(0.02);
const [losses, norms] = [[], []];
for (let step = 0; step < 10; step += 1) {
  tf.tidy(() => {
    const { value, grads } = tf.variableGrads(loss);
    const norm = tf.sqrt(tf.addN(Object.values(grads).map((grad) => grad.square().sum()))).dataSync()[0];
    const scale = Math.min(1, 5 / norm);
    optimizer.applyGradients(Object.fromEntries(Object.entries(grads).map(([name, grad]) => [name, grad.mul(scale)])));
    losses.push(value.dataSync()[0]);
    norms.push(norm);
  });
}
console.log("loss", ...losses);
console.log("norm", ...norms);
