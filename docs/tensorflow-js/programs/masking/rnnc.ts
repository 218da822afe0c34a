import { waves } from "../data.js";
import { dense, lstm, read } from "../weights.ts";
import { forward, init, pack, trainer } from "./model.js";

const weights = read("start.json");
const start = { ...init(1), ...lstm(weights, "lstm", "h"), ...dense(weights, "dense", "P", "c") };

const { x, y } = waves(24, 10);
const examples = x.map((steps, i) => ({ x: steps.slice(0, 3 + (i % 8)), y: y[i]! }));
const batch = pack(examples);
const training = trainer(start);
console.log("loss", ...Array.from({ length: 5 }, () => training.step(batch, { rate: 0.1 }).loss));
console.log("p", ...forward(training.params(), pack(examples.slice(0, 2))).p.data);
