import { jit, numpy as np, valueAndGrad } from "@jax-js/jax";
import { kept } from "./networks.js";

/** A compiled step of training; what it descends by remembers nothing, or two averages of each gradient. */
export function training(loss, weights, data, descent) {
  const step = jit((given, memories, count, examples) => {
    const [value, gradient] = valueAndGrad(loss)(kept(given), kept(examples));
    const next = Object.entries(given).map(([name, weight]) => [
      name,
      descent(weight, gradient[name], memories[name], count),
    ]);
    return {
      value,
      weights: Object.fromEntries(next.map(([name, [weight]]) => [name, weight])),
      memories: Object.fromEntries(next.map(([name, [, memory]]) => [name, memory])),
    };
  });
  let state = {
    weights,
    memories: Object.fromEntries(Object.entries(weights).map(([name, weight]) => [name, descent.memory(weight)])),
  };
  let count = 0;
  const run = () => {
    count += 1;
    const { value, ...next } = step(state.weights, state.memories, np.array(count), kept(data));
    state = next;
    return value.dataSync()[0];
  };
  return { outcome: run(), variants: { unrolled: run } };
}

/** The value and the gradient by all weights, as one compiled function. */
export function gradients(loss, weights, data) {
  const compiled = jit(valueAndGrad(loss));
  const run = () => {
    const [value, found] = compiled(kept(weights), data.ref);
    read(found);
    return value.dataSync()[0];
  };
  return { outcome: run(), variants: { unrolled: run } };
}

const rate = 1e-4;

export function sgd(weight, gradient) {
  return [np.subtract(weight.ref, np.multiply(gradient.ref, rate)), []];
}
sgd.memory = () => [];

export function adam(weight, gradient, [first, second], count) {
  const average = (memory, value, share) => np.add(np.multiply(memory.ref, share), np.multiply(value, 1 - share));
  const next = [average(first, gradient.ref, 0.9), average(second, np.multiply(gradient.ref, gradient.ref), 0.999)];
  const unbiased = (memory, share) => np.divide(memory.ref, np.subtract(1, np.power(share, count.ref)));
  const direction = np.divide(unbiased(next[0], 0.9), np.add(np.sqrt(unbiased(next[1], 0.999)), 1e-8));
  return [np.subtract(weight.ref, np.multiply(direction, rate)), next];
}
adam.memory = (weight) => [np.zerosLike(weight.ref), np.zerosLike(weight.ref)];

/** What nobody reads may never be computed. */
function read(tree) {
  if (tree.shape !== undefined) tree.dataSync();
  else for (const part of Object.values(tree)) read(part);
}
