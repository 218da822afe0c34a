import { type Axis, beforeRenaming, featureAxis, unionAxes } from "../../src/circuit/axis.ts";
import type { Circuit, NodeId } from "../../src/circuit/circuit.ts";
import { inputAt, parameterAt } from "../../src/circuit/data.ts";
import type { Environment, Index } from "../../src/circuit/environment.ts";
import { nodeAt } from "../../src/circuit/node-at.ts";
import { spaceOf } from "../../src/circuit/space.ts";
import { addition, greatest, type HyperDual, moving, still } from "./hyper-dual.ts";

/** A marked value that moves, at one place. */
interface Seed {
  readonly node: NodeId;
  readonly index: Index;
}

/**
 * What a circuit means in which derivatives are not expanded, by definition: a derivative at a place is the slope of its
 * operand when the marked value moves at that place, and nowhere else. In forward mode, one place after the other; it
 * shares nothing with the expansion, which goes backwards.
 */
export const writtenMeaning = (
  circuit: Circuit,
  environment: Environment,
): ReadonlyArray<{ readonly role: string; readonly name: string; readonly values: ReadonlyArray<number> }> => {
  const space = spaceOf(environment);
  const known = new Map<string, HyperDual>();
  const value = (id: NodeId, at: Index, seeds: ReadonlyArray<Seed>): HyperDual => {
    const { axes } = nodeAt(circuit, id);
    const index = Object.fromEntries(axes.map(({ key }) => [key, at[key]!]));
    const key = JSON.stringify([id, Object.values(index), seeds]);
    const found = known.get(key) ?? computed(id, index, seeds);
    known.set(key, found);
    return found;
  };
  const computed = (id: NodeId, index: Index, seeds: ReadonlyArray<Seed>): HyperDual => {
    const { op, inputs, axes } = nodeAt(circuit, id);
    const number = (plain: number): HyperDual => still(plain, seeds.length);
    const read = (place: number, at: Index): HyperDual => value(inputs[place]!, at, seeds);
    const withAxes = (place: number, ...more: ReadonlyArray<Axis>): ReadonlyArray<Axis> =>
      unionAxes(nodeAt(circuit, inputs[place]!).axes, more);
    switch (op.tag) {
      case "constant":
        return number(op.value);
      case "parameter":
      case "input": {
        const given =
          op.tag === "parameter"
            ? parameterAt(environment, op.path, op.shape, index)
            : inputAt(environment, op.name, op.axes, index);
        return moved(number(given), id, index, seeds);
      }
      case "index":
        return number(index[op.axis.key]!);
      case "length":
        return number(space.length(op.axis, index));
      case "map": {
        const [x, z, w] = inputs.map((_, place) => read(place, index));
        return moving[op.fn](x!, z!, w!);
      }
      case "reduce": {
        const all = space.positions(op.over, withAxes(0, ...op.over), index).map((at) => read(0, at));
        return op.fn === "sum" ? all.reduce(addition, number(0)) : greatest(all, number(Number.NEGATIVE_INFINITY));
      }
      case "delay": {
        const before = { ...index, [op.axis.key]: index[op.axis.key]! - op.by };
        return space.exists(axes, before) ? read(1, before) : read(0, index);
      }
      case "at": {
        const from = op.position.tag === "fromStart" ? 0 : space.length(op.axis, index);
        const by = op.position.tag === "fromStart" ? op.position.position : op.position.offset;
        const there = { ...index, [op.axis.key]: from + by };
        return space.exists(withAxes(0, op.axis), there) ? read(0, there) : number(0);
      }
      case "onehot":
        return number(read(0, index)[0] === index[op.axis.key] ? 1 : 0);
      case "concat": {
        let within = index[op.axis.key]!;
        let part = 0;
        while (within >= op.sizes[part]!) within -= op.sizes[part++]!;
        return read(part, { ...index, [featureAxis(op.axis.slot, op.sizes[part]!).key]: within });
      }
      case "slice":
        return read(0, { ...index, [op.axis.key]: op.from + index[featureAxis(op.axis.slot, op.size).key]! });
      case "rename":
        return read(0, { ...index, ...beforeRenaming(op.renames, index) });
      case "mark":
        return moved(read(0, index), id, index, seeds);
      case "grad": {
        const [what = -1, by = -1] = inputs;
        const place = Object.fromEntries(nodeAt(circuit, by).axes.map(({ key }) => [key, index[key]!]));
        const slope = value(what, index, [...seeds, { node: by, index: place }]);
        return slope.slice(slope.length / 2);
      }
    }
  };
  return circuit.outputs.map(({ role, name, node, axes }) => ({
    role,
    name,
    values: space.positions(axes, axes, {}).map((index) => value(node, index, [])[0]!),
  }));
};

/** A value with those directions in which it moves itself. */
const moved = (given: HyperDual, id: NodeId, index: Index, seeds: ReadonlyArray<Seed>): HyperDual =>
  seeds.reduce<HyperDual>(
    (soFar, { node, index: place }, i) =>
      node === id && Object.keys(place).every((key) => place[key] === index[key])
        ? soFar.map((each, at) => (at === 2 ** i ? each + 1 : each))
        : soFar,
    given,
  );
