import { sums } from "../data.js";
import { plain, read, transposed } from "../weights.ts";
import { gradient, pack } from "./model.js";

const weights = read("start.json");
const params = {
  U: transposed(weights, "U"),
  W: transposed(weights, "W"),
  b: plain(weights, "b"),
  v: plain(weights, "v"),
};

const { x, y } = sums(32, 12, 2);
const batch = pack(x.map((each, i) => ({ x: each, y: y[i]! })));
const [losses, norms]: [number[], number[]] = [[], []];
for (let step = 0; step < 10; step += 1) {
  const { loss, gradient: found } = gradient(params, batch);
  const norm = Math.hypot(...Object.values(found).flatMap((values) => [...values]));
  const scale = Math.min(1, 5 / norm);
  for (const [path, values] of Object.entries(params)) {
    const slopes = found[path as keyof typeof params];
    for (let i = 0; i < values.length; i += 1) values[i]! -= 0.02 * scale * slopes[i]!;
  }
  losses.push(loss);
  norms.push(norm);
}
console.log("loss", ...losses);
console.log("norm", ...norms);
