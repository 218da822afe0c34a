import { sums } from "../data.js";
import { dense, gru, read } from "../weights.ts";
import { forward, init, pack, trainer } from "./model.js";

const weights = read("start.json");
const start = { ...init(1), ...gru(weights, "gru", "h"), ...dense(weights, "dense", "P", "c") };

const { x, y } = sums(32, 12, 2);
const batch = pack(x.map((each, i) => ({ x: each, y: y[i]! })));
const training = trainer(start);
console.log("loss", ...Array.from({ length: 10 }, () => training.step(batch, { rate: 0.2 }).loss));
console.log("o", ...forward(training.params(), pack([{ x: x[0]!, y: y[0]! }])).o.data);
