import { gradient, init, pack } from "../lstm.rnn";

const { loss, gradient: d } = gradient(init(1), pack([{ x: [[1, 2]], y: [0.5] }]));
console.log(loss, d.v.length);
