import { nn, numpy as np } from "@jax-js/jax";

/** The networks, unrolled; what a function is given stays the caller's. The inputs' part of the gates is projected. */
export function lstm(projected, { U, b }, size, n) {
  let state = [np.zeros([size, n]), np.zeros([size, n])];
  return projected.map((values) => {
    state = lstmStep(np.add(values, b.ref), U, state);
    return state[0].ref;
  });
}

export function lstmStep(projected, U, [h, c]) {
  const [gates, written] = np.split(np.add(projected, product(h, U)), [3 * h.shape[1]], 1);
  const [i, f, o] = np.split(nn.sigmoid(gates), 3, 1);
  const next = np.add(np.multiply(f, c.ref), np.multiply(i, np.tanh(written)));
  return [np.multiply(o, np.tanh(next.ref)), next];
}

export function tanhNetwork(x, { U, W, b }) {
  let h = np.zeros([1, b.shape[0]]);
  return x.map((values) => {
    h = np.tanh(np.add(affine(values, U, b), product(h, W)));
    return h.ref;
  });
}

export function translation(x, before, given) {
  const projected = (input, path) => affine(input, given[`${path}.W`], given[`${path}.b`]);
  let h = np.zeros([16, 256]);
  const read = x.map((symbols) => {
    h = gruStep(projected(np.matmul(symbols, given.D.ref), "h"), given, "h", h);
    return h.ref;
  });
  const states = np.stack(kept(read), 0);
  const keys = product(states, given.Ua);
  const written = before.map((symbols) => {
    const seen = np.tanh(np.add(keys.ref, product(h, given.Wa)));
    const attended = nn.softmax(product(seen, given.v), 0);
    const context = np.sum(np.multiply(attended, states.ref), 0);
    const embedded = np.matmul(symbols, given.E.ref);
    h = gruStep(projected(np.concatenate([embedded, context], 1), "s"), given, "s", h.ref);
    return h.ref;
  });
  return affine(np.concatenate(written, 0), given.O, given.c);
}

function gruStep(projected, given, path, h) {
  const [r, z, n] = np.split(projected, 3, 1);
  const [ur, uz, un] = np.split(affine(h, given[`${path}.U`], given[`${path}.d`]), 3, 1);
  const keep = nn.sigmoid(np.add(z, uz));
  const written = np.tanh(np.add(n, np.multiply(nn.sigmoid(np.add(r, ur)), un)));
  return np.add(written.ref, np.multiply(keep, np.subtract(h.ref, written)));
}

export function crossEntropy(logits, targets, count) {
  return np.multiply(np.sum(np.multiply(nn.logSoftmax(logits), targets.ref)), -1 / count);
}

export function affine(x, weight, bias) {
  return np.add(product(x, weight), bias.ref);
}

/** x times the transpose of a weight. */
export function product(x, weight) {
  return np.matmul(x.ref, np.transpose(weight.ref));
}

/** The same arrays for another owner. */
export function kept(tree) {
  if (Array.isArray(tree)) return tree.map(kept);
  if (tree.shape !== undefined) return tree.ref;
  return Object.fromEntries(Object.entries(tree).map(([name, value]) => [name, kept(value)]));
}
