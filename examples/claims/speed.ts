import type { Params } from "../../src/runtime/interface.ts";
import { countOf } from "../../src/train/tensors.ts";
import { drawn, times } from "../tasks/dice.ts";
import { type Claim, proved, told } from "./claim.ts";
import { cellAlone, milliseconds } from "./compiled-text.ts";

/** A loop over LSTMCell against one call of LSTM. */
export const wholeSequence: Claim = {
  claim: "A loop over LSTM cells and one call over the sequence are equivalent, but the call is substantially faster",
  about: "k = 32, n = 64, T = 200, one example; the speed in single precision, the difference in double.",
  measure: () => {
    const [double, single] = (["f64", "f32"] as const).map((precision) => bothWays(precision));
    const whole = double!.whole();
    const apart = Math.max(...double!.steps().map((value, i) => Math.abs(value - whole[i]!)));
    const faster = milliseconds(single!.steps) / milliseconds(single!.whole);
    return [
      proved("greatest difference between the two, at most 1e-12", apart, apart <= 1e-12),
      told("times faster in one call (the catalogue's target: 1.5)", faster),
    ];
  },
};

/** The states of one sequence, from a loop over the steps and from one call. */
const bothWays = (precision: "f32" | "f64") => {
  const [k, n, T] = [32, 64, 200];
  const cell = cellAlone("LSTM", { statics: { k, n }, precision });
  const params = cell.init(1);
  const x = sequence(T, k);
  const batch = cell.pack([{ x }]);
  return {
    whole: (): ArrayLike<number> => cell.forward(params, batch).h!.data,
    steps: (): ReadonlyArray<number> => {
      let state = cell.start(params);
      return x.flatMap((element) => {
        const stepped = cell.step(params, state, { x: element });
        state = stepped.state;
        return Array.from(stepped.output.h!);
      });
    },
  };
};

/** Parameters, operations and time of the GRU against the LSTM. */
export const gruAgainstLstm: Claim = {
  claim: "The GRU has fewer tensor operations than the LSTM and is a little speedier to train",
  measure: () => [
    ...[
      [3, 5],
      [20, 64],
    ].flatMap(([k, d]) => {
      const [gru, lstm] = ["GRUWithoutBias", "LSTM"].map((cell) =>
        cellAlone(cell, { statics: { k: k!, n: d! } }).init(1),
      );
      const products = d! * k! + d! * d!;
      return [
        proved(`parameters of the GRU, k = ${k}, d = ${d}: 3(dk + d²)`, countOf(gru!), countOf(gru!) === 3 * products),
        proved(`parameters of the LSTM: 4(dk + d²) + 4d`, countOf(lstm!), countOf(lstm!) === 4 * products + 4 * d!),
        proved(
          "multiply-adds in matrix products of one step, GRU for LSTM",
          inMatrices(gru!, d!) / inMatrices(lstm!, d!),
          inMatrices(gru!, d!) * 4 === inMatrices(lstm!, d!) * 3,
        ),
      ];
    }),
    told(
      "time of a gradient, GRU for LSTM (k = 20, n = 64, T = 50, 16 examples)",
      trainingTime("GRU") / trainingTime("LSTM"),
    ),
  ],
};

/** Every entry of a matrix is multiplied once a step. */
const inMatrices = (params: Params, d: number): number =>
  Object.values(params).reduce((sum, { length }) => sum + (length > d ? length : 0), 0);

const trainingTime = (cell: string): number => {
  const compiled = cellAlone(cell, { statics: { k: 20, n: 64 } });
  const params = compiled.init(1);
  const batch = compiled.pack(times(16, () => ({ x: sequence(50, 20) })));
  return milliseconds(() => compiled.gradient(params, batch));
};

const sequence = (length: number, width: number): ReadonlyArray<ReadonlyArray<number>> =>
  drawn(1, length, (dice) => times(width, () => dice.real(-1, 1)));
