import type { Circuit } from "../../src/circuit/circuit.ts";
import { unfold } from "../../src/circuit/unfold.ts";
import type { Compiled } from "../../src/compile.ts";
import { schedule } from "../../src/schedule/schedule.ts";
import { countOf } from "../../src/train/tensors.ts";
import { drawn, times } from "../tasks/dice.ts";
import { tasks } from "../tasks/tasks.ts";
import { compiledProgram, trainTask } from "../tasks/train.ts";
import { type Claim, proved, told } from "./claim.ts";
import { cellAlone, compiledText, milliseconds } from "./compiled-text.ts";

/** One module for every length: its text does not grow with T. */
export const oneTransition: Claim = {
  claim: "The same transition is used at each step: the model is independent of the length of the sequence",
  measure: () => {
    const modules = [10, 1000].map(ofLength);
    const [short, long] = modules.map(({ moduleText }) => moduleText.length);
    const [few, many] = modules.map(operationsIn);
    const elman = compiledProgram("elman");
    const params = elman.init(1);
    const lengths = [1, 7, 500].map((T) => {
      const x = times(T, () => [1, 0, 0, 0]);
      return elman.forward(params, elman.pack([{ x, y: x.map(() => 0) }])).p!.shape[0];
    });
    return [
      told("operations of its circuits with T = 10", few!),
      proved("  and with T = 1000", many!, many === few),
      told("characters of the module with T = 10", short!),
      // Sums over time go by vectors of four numbers: what is left over of 10, and not of 1000, has code of its own.
      proved(
        "  and with T = 1000, where the lengths and the ends of loops by fours are written otherwise",
        long!,
        Math.abs(long! - short!) < 0.01 * short!,
      ),
      proved(
        "lengths that one module ran, with one set of parameters",
        lengths.join(", "),
        lengths.join() === "1,7,500",
      ),
    ];
  },
};

/** The order matters, and depth is length. */
export const deepInTime: Claim = {
  claim: "An RNN is deep in time, sensitive to order, and processes one step at a time",
  measure: () => {
    const cell = cellAlone("RNN", { statics: { k: 3, n: 4 } });
    const depths = [10, 20, 40].map((T) => depthOf(cell, T));
    const params = cell.init(1);
    const x = drawn(1, 6, (dice) => times(3, () => dice.real(-1, 1)));
    const lastOf = (input: ReadonlyArray<ReadonlyArray<number>>) =>
      cell.forward(params, cell.pack([{ x: input }])).h!.data.slice(-4);
    const moved = Math.hypot(...lastOf(x).map((value, i) => value - lastOf([...x].reverse())[i]!));
    return [
      proved(
        "operations on the longest path of an RNN cell and its loss, unfolded for T = 10, 20, 40: 5 and 7 more with each step",
        depths.join(", "),
        depths.join() === [10, 20, 40].map((T) => 5 + 7 * T).join(),
      ),
      told("how far the last state moves when the sequence is turned around", moved),
    ];
  },
};

/** With the correct outputs given, type II has no recurrence left. */
export const teacherForcing: Claim = {
  claim: "Teacher forcing decouples the time steps of type II: parallelisation is possible",
  measure: () => {
    const [one, two] = ["type-one", "type-two"].map((program) =>
      compiledProgram(program, { statics: { k: 16, n: 64 } }),
    );
    const [firstScans, secondScans] = [one!, two!].map(({ circuits }) => scansIn(circuits.gradient!));
    return [
      proved("scans in the gradient of type I", firstScans!, firstScans! > 0),
      proved("scans in the gradient of type II", secondScans!, secondScans === 0),
      told("time of a gradient, type II for type I (T = 500)", gradientTime(two!) / gradientTime(one!)),
    ];
  },
};

/** What no output shows in time, type II cannot keep. */
export const typeTwoIsWeaker: Claim = {
  claim: "Type II is strictly less powerful: its outputs must capture what it needs to know of the past",
  measure: () =>
    tasks()
      .filter(({ name }) => /^type (one|two):/.test(name))
      .map((task) =>
        told(`${task.name}: ${task.marks[0]!.metric}`, task.marks[0]!.measure(trainTask(task), task.heldOut())),
      ),
};

/** A table of the joint distribution grows exponentially with the order; the network does not grow. */
export const parameterSharing: Claim = {
  claim: "An RNN is an efficient parametrisation of the joint distribution over the outputs",
  measure: () => {
    const K = 10;
    const count = countOf(compiledProgram("char-lm", { statics: { V: K, n: 16, d: 8 } }).init(1));
    return [1, 2, 4, 8].map((order) => {
      const table = K ** order * (K - 1);
      const what = `numbers: the network ${count} for sequences of any length, a Markov table of order ${order}`;
      return order < 4 ? told(what, table) : proved(what, table, table > count);
    });
  },
};

const ofLength = (T: number): Compiled =>
  compiledText(`import RNN from "std"
    model M(n = 4) {
      axis t in 1..${T}
      input x[t] : R[2]
      output h[t] = RNN(n)(x[t])
      minimize mean[t](sumsq(h[t]))
    }`);

const operationsIn = ({ circuits }: Compiled): number =>
  Object.values(circuits).reduce((sum, circuit) => sum + (circuit?.nodes.length ?? 0), 0);

/** The longest chain of values that each wait for the one before. */
const depthOf = ({ elaborated }: Compiled, T: number): number => {
  const { instances } = unfold(elaborated.circuit, { lengths: { T } });
  const depths: number[] = [];
  for (const { reads } of instances) depths.push(1 + Math.max(0, ...reads.map((read) => depths[read]!)));
  return Math.max(...depths);
};

const gradientTime = (compiled: Compiled): number => {
  const params = compiled.init(1);
  const x = drawn(1, 500, (dice) => times(16, () => dice.real(-1, 1)));
  const batch = compiled.pack(times(4, () => ({ x, y: x.map((_, t) => t % 2) })));
  return milliseconds(() => compiled.gradient(params, batch));
};

const scansIn = (circuit: Circuit): number =>
  schedule(circuit).blocks.filter(({ title }) => title.startsWith("scan ")).length;
