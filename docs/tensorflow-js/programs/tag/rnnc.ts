import { repeats } from "../data.js";
import { dense, plain, read, simpleRNN } from "../weights.ts";
import { forward, init, loss, pack, trainer } from "./model.js";

const weights = read("start.json");
const start = {
  ...init(1),
  E: plain(weights, "embedding/embeddings"),
  ...simpleRNN(weights, "both/forward_rnn", "h.f"),
  ...simpleRNN(weights, "both/backward_rnn", "h.g"),
  ...dense(weights, "dense", "v", "c"),
};

const { w, y } = repeats(32, 9, 12);
const batch = pack(w.map((each, i) => ({ w: each, y: y[i]! })));
const training = trainer(start);
console.log("loss", ...Array.from({ length: 10 }, () => training.step(batch, { rate: 0.5 }).loss));
console.log("evaluated", loss(training.params(), batch));
console.log("p", ...forward(training.params(), pack([{ w: w[0]! }])).p.data);
