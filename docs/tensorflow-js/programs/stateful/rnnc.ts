import { sums } from "../data.js";
import { dense, lstm, read } from "../weights.ts";
import { init, stream } from "./model.js";

const weights = read("start.json");
const { process, reset } = stream(
  { ...init(1), ...lstm(weights, "lstm", "h"), ...dense(weights, "dense", "P", "c") },
  { streams: 2 },
);

const { x } = sums(2, 12, 2);
const [input, output] = [new Float32Array(2 * 4 * 2), new Float32Array(2 * 4)];
const told = (from: number): Float32Array => {
  input.set(x.flatMap((steps) => steps.slice(from, from + 4)).flat());
  process(input, output, 4);
  return output;
};
console.log("first", ...told(0));
console.log("next", ...told(4));
console.log("last", ...told(8));
reset();
console.log("anew", ...told(0));
