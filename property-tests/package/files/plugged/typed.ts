import { gradient, init, model, pack } from "../lstm.rnn";

const params = init(1);
const { gradient: d } = gradient(params, pack([{ x: [[1, 2]], y: [0.5] }]));
for (const { path } of model.params)
  params[path].forEach((_, i) => {
    params[path][i]! -= d[path][i]!;
  });
export const v: Float32Array = params.v;
