// The whole compiler in a page or a worker: source in, gradient out.
import { compile } from "rnnc";

export const compiled = (source) => {
  const result = compile(source, { precision: "f64", target: "js" });
  if (result._tag !== "Right") throw new Error(JSON.stringify(result.left));
  const { init, pack, gradient, moduleText } = result.right;
  const { loss, gradient: d } = gradient(
    init(1),
    pack([
      {
        x: [
          [1, 2],
          [0.5, -1],
        ],
        y: [1, -1],
      },
    ]),
  );
  return { loss, v: Array.from(d.v), characters: moduleText.length };
};
