import { waves } from "../data.js";
import { dense, lstm, read } from "../weights.ts";
import { forward, init, pack, trainer } from "./model.js";

const weights = read("start.json");
const start = { ...init(1), ...lstm(weights, "lstm", "h"), ...dense(weights, "dense", "P", "c") };

const { x, y } = waves(48, 10);
const examples = x.map((each, i) => ({ x: each, y: y[i]! }));
const batches = [0, 16, 32].map((from) => pack(examples.slice(from, from + 16)));
const training = trainer(start, { epsilon: 1e-7 });
const losses = Array.from({ length: 5 }, () => {
  const each = batches.map((batch) => training.step(batch, { rate: 0.01 }).loss);
  return each.reduce((a, b) => a + b) / each.length;
});
console.log("loss", ...losses);
console.log("p", ...forward(training.params(), pack(examples.slice(0, 2))).p.data);
