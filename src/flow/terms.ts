import { featuresOf, hasAxis, type TimeAxis } from "../circuit/axis.ts";
import type { NodeId } from "../circuit/circuit.ts";
import type { InputSpec, Model } from "../circuit/model.ts";
import { nodeAt } from "../circuit/node-at.ts";
import { lookedAtName, movedMatrixName } from "../circuit/own-names.ts";
import { copyNode, rewrite } from "../circuit/rewrite.ts";
import { type Compiled, compileModel } from "../compile.ts";
import { settingsOf } from "../module/settings.ts";
import type { Example, Params, Values } from "../runtime/interface.ts";
import { gainAt } from "../transform/forward/gains.ts";
import type { MatrixProduct } from "./bound.ts";
import { lengthOf } from "./matrix/matrix.ts";
import { withCircuit } from "./moved.ts";
import { spreadPositions } from "./pairs.ts";
import { nameOf, recurrentProducts } from "./spectra.ts";

/** The terms of the gradient by a recurrent matrix: of what the loss gains at t, by what the matrix does at k. */
export interface Terms {
  readonly name: string;
  readonly axis: string;
  readonly length: number;
  /** Those that are looked at, from 1. */
  readonly positions: ReadonlyArray<number>;
  /** Frobenius norms: a row for each k, a column for each t. */
  readonly norms: ReadonlyArray<ReadonlyArray<number>>;
}

/** The matrices of the recurrences along one axis. */
export interface Termed {
  readonly axis: TimeAxis;
  readonly matrices: ReadonlyArray<NodeId>;
  /** Of what the loss gains at a position, from 0: by matrix, its derivative by what the matrix does at each position, row by row. */
  readonly termsAt: (params: Params, example: Example, position: number, length: number) => ReadonlyArray<Values>;
}

const mostTermPositions = 30;

/** By axis, along which the loss is a sum; where it is none there are no terms. */
export const termed = (model: Model): ReadonlyArray<Termed> => {
  const products = recurrentProducts(model);
  return model.axes.flatMap((axis) => {
    const along = products.filter(({ product }) => hasAxis(nodeAt(model.circuit, product).axes, axis));
    const matrices = [...new Set(along.map(({ matrix }) => matrix))].sort((a, b) => a - b);
    const moved = matrices.length === 0 ? undefined : termsModel(model, axis, matrices, along);
    if (moved === undefined) return [];
    const wrt = matrices.map((_, k) => movedMatrixName(k));
    const compiled = compileModel(settingsOf({ precision: "f64", target: "wasm", wrt, exports: ["gradient", "pack"] }))(
      moved,
    );
    const shapes = matrices.map((node) => featuresOf(nodeAt(model.circuit, node).axes).map(({ size }) => size));
    return [{ axis, matrices, termsAt: termsOf(compiled, shapes) }];
  });
};

const termsOf =
  (compiled: Compiled, shapes: ReadonlyArray<ReadonlyArray<number>>): Termed["termsAt"] =>
  (params, example, position, length) => {
    const still = shapes.map((shape, k): readonly [string, Example[string]] => {
      const whole = [length, ...shape];
      return [
        movedMatrixName(k),
        { shape: whole, data: new Float64Array(whole.reduce((size, each) => size * each, 1)) },
      ];
    });
    const given = { ...example, ...Object.fromEntries(still), [lookedAtName]: position + 1 };
    const { gradient } = compiled.gradient(params, compiled.pack([given]));
    return shapes.map((_, k) => gradient[movedMatrixName(k)]!);
  };

/** A term has as many elements as its matrix; of more of them than memory takes there are none. */
const mostElements = 2 ** 24;

const sizeOf = ({ circuit }: Model, node: NodeId): number =>
  featuresOf(nodeAt(circuit, node).axes).reduce((size, axis) => size * axis.size, 1);

/** The norms of all terms, for positions of which there are so many. */
export const termNorms = (
  model: Model,
  { axis, matrices, termsAt }: Termed,
  params: Params,
  example: Example,
  length: number,
): ReadonlyArray<Terms> => {
  const sizes = matrices.map((node) => sizeOf(model, node));
  if (length * sizes.reduce((a, b) => a + b, 0) > mostElements) return [];
  const positions = spreadPositions(length, mostTermPositions);
  const columns = positions.map((t) => {
    const terms = termsAt(params, example, t - 1, length);
    return terms.map((values) => {
      const size = values.length / length;
      return positions.map((k) => lengthOf(values.subarray((k - 1) * size, k * size)));
    });
  });
  return matrices.map((node, m) => ({
    name: nameOf(model, node),
    axis: axis.key,
    length,
    positions,
    norms: positions.map((_, k) => columns.map((column) => column[m]![k]!)),
  }));
};

/** The loss is what it gains at one position; each matrix is added to by an input that has all positions. */
const termsModel = (
  model: Model,
  axis: TimeAxis,
  matrices: ReadonlyArray<NodeId>,
  products: ReadonlyArray<MatrixProduct>,
): Model | undefined => {
  const loss = model.circuit.outputs.find(({ role }) => role === "loss");
  if (loss === undefined) return undefined;
  const axesOf = (node: NodeId) => [axis, ...featuresOf(nodeAt(model.circuit, node).axes)];
  const { b, renamed } = rewrite(model.circuit, (to, node, inputs, id) => {
    const found = products.find(({ product }) => product === id);
    if (found === undefined) return copyNode(to, node, inputs);
    const by = to.input(movedMatrixName(matrices.indexOf(found.matrix)), axesOf(found.matrix));
    return copyNode(
      to,
      node,
      inputs.map((input, place) => (node.inputs[place] === found.matrix ? to.map("add", input, by) : input)),
    );
  });
  const gain = gainAt(b, axis, renamed[loss.node]!);
  if (gain === undefined) return undefined;
  const isThere = b.map("equal", b.index(axis), b.input(lookedAtName, []));
  const looked = b.sum([axis], b.map("times", isThere, gain));
  const circuit = b.finish([{ ...loss, node: looked }]);
  return {
    ...withCircuit(model, circuit),
    minimized: 1,
    inputs: [
      ...withCircuit(model, circuit).inputs,
      { name: lookedAtName, role: "input", axes: [], shape: [] },
      ...matrices.map(
        (node, k): InputSpec => ({
          name: movedMatrixName(k),
          role: "input",
          axes: [axis],
          shape: featuresOf(nodeAt(model.circuit, node).axes).map(({ size }) => size),
        }),
      ),
    ],
  };
};
