import { writeFileSync } from "node:fs";

/** Writes the weights of a model of layers, or a list of variables, by their names: lstm/kernel, lstm/bias, … */
export const save = (weights, file) => {
  const entries = weights.map((weight) => {
    const tensor = weight.read?.() ?? weight;
    return [weight.originalName ?? weight.name, { shape: tensor.shape, values: Array.from(tensor.dataSync()) }];
  });
  writeFileSync(file, JSON.stringify(Object.fromEntries(entries)));
};
