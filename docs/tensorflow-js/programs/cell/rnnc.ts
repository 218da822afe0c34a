import { sums } from "../data.js";
import { dense, plain, read, transposed } from "../weights.ts";
import { init, pack, trainer } from "./model.js";

const weights = read("start.json");
const start = {
  ...init(1),
  "h.W": transposed(weights, "leaky/kernel"),
  "h.U": transposed(weights, "leaky/recurrent_kernel"),
  "h.b": plain(weights, "leaky/bias"),
  "h.leak": plain(weights, "leaky/leak"),
  ...dense(weights, "dense", "P", "c"),
};

const { x, y } = sums(32, 12, 2);
const batch = pack(x.map((each, i) => ({ x: each, y: y[i]! })));
const training = trainer(start, { epsilon: 1e-7 });
console.log("loss", ...Array.from({ length: 10 }, () => training.step(batch, { rate: 0.02 }).loss));
