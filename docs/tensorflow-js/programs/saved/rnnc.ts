import { loadRun } from "rnnc/train";
import { waves } from "../data.js";

const { x } = waves(24, 10);
const predicted = (folder: string): ReadonlyArray<number> => {
  const run = loadRun(folder);
  if (run._tag === "Left") throw new Error(run.left);
  return run.right.predict(x.map((steps) => ({ x: steps }))).flatMap(({ p }) => p as ReadonlyArray<number>);
};
console.log("p", ...predicted("runs/model"));
console.log("further", ...predicted("runs/further"));
