import fc from "fast-check";
import {
  type Axis,
  featureAxis,
  hasAxis,
  raggedOver,
  sameAxis,
  type TimeAxis,
  timeAxis,
  unionAxes,
  withoutAxes,
} from "../../src/circuit/axis.ts";
import { type Builder, newBuilder } from "../../src/circuit/build.ts";
import type { Circuit, NodeId, Pointwise } from "../../src/circuit/circuit.ts";
import type { Environment, Index } from "../../src/circuit/environment.ts";
import { print } from "../../src/circuit/print.ts";
import { allFunctions, type Domain, otherExponents, smoothFunctions, uses, wholeExponents } from "./functions.ts";

export const t = timeAxis("t", 0, { tag: "length", name: "T", over: [] });
export const s = timeAxis("s", 1, { tag: "length", name: "S", over: [] });
/** Ragged: a length of its own for every s. */
export const w = timeAxis("w", 2, { tag: "length", name: "W", over: [s] });
export const f = timeAxis("f", 3, { tag: "fixed", size: 2 });
export const v = featureAxis(0, 2);
export const u = featureAxis(0, 3);
export const column = featureAxis(1, 2);

const times: ReadonlyArray<TimeAxis> = [t, s, w, f];

/**
 * Small well-typed circuits with several axes (one ragged), delays and advances with constant and learned boundaries,
 * and cycles through them. Smooth ones are differentiable everywhere.
 */
export const circuits = ({ smooth, causal = false }: Kind): fc.Arbitrary<Circuit> =>
  fc.array(fc.nat(9999), { minLength: 20, maxLength: 90 }).map((tape) => {
    const circuit = grow(tape, { smooth, causal });
    return { ...circuit, [fc.toStringMethod]: () => `\n${print(circuit)}\n` };
  });

export interface Kind {
  readonly smooth: boolean;
  /** Nothing reads ahead along t. */
  readonly causal?: boolean;
}

/** Lengths from 0, and values in [-1, 1] for whatever is asked. */
export const environments: fc.Arbitrary<Environment> = fc
  .record({ T: fc.nat(3), S: fc.nat(3), longest: fc.nat(3), seed: fc.nat() })
  .map(({ T, S, longest, seed }) => environmentOf(T, S, longest, seed));

export const environmentOf = (T: number, S: number, longest: number, seed: number): Environment => {
  const numbers = (name: string, size: number) => Array.from({ length: size }, (_, i) => noise(seed, `${name}${i}`));
  const input =
    (name: string) =>
    (index: Index): number =>
      noise(seed, name + JSON.stringify(index));
  return {
    parameters: { P: numbers("P", 4), Q: numbers("Q", 2), R: numbers("R", 1), I: numbers("I", 3) },
    inputs: {
      x: input("x"),
      y: input("y"),
      z: input("z"),
      c: (index) => (noise(seed, `c${JSON.stringify(index)}`) < 0 ? 0 : 1),
    },
    lengths: { T, S, W: (outer) => Math.floor(Math.abs(noise(seed, `W${outer.s}`)) * (longest + 0.99)) },
  };
};

const noise = (seed: number, text: string): number => {
  let hash = seed ^ 0x9e3779b9;
  for (const letter of text) hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x85ebca6b) ^ (hash >>> 13);
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) | 0) / 2 ** 31;
};

/** Reads choices off a tape; an empty tape always chooses the first. */
const chooser = (tape: ReadonlyArray<number>) => {
  let place = 0;
  const next = (below: number): number => (tape[place++] ?? 0) % below;
  return { next, isDone: () => place >= tape.length, one: <A>(of: ReadonlyArray<A>): A => of[next(of.length)]! };
};
type Chooser = ReturnType<typeof chooser>;

/** An open feedback: until it is tied, what depends on it must not read the other positions along its axis. */
interface Open {
  readonly id: NodeId;
  readonly axis: TimeAxis;
  readonly by: number;
}

const grow = (tape: ReadonlyArray<number>, { smooth, causal }: Required<Kind>): Circuit => {
  const choose = chooser(tape);
  const b = newBuilder();
  const symbol = b.input("c", [t]);
  const pool: NodeId[] = [
    b.input("x", [t, v]),
    b.parameter("P", [2, 2]),
    b.parameter("Q", [2]),
    b.parameter("R", [1]),
    b.parameter("I", [3]),
    b.input("y", [s, w]),
    b.input("z", []),
    b.onehot(v, symbol),
    b.constant(0.5),
    b.map("mul", b.constant(0.1), b.index(t)),
    b.map("mul", b.constant(0.1), b.index(w)),
  ];
  while (!choose.isDone()) {
    const direction = causal ? 1 : choose.one([1, 1, -1]);
    const open = Array.from({ length: choose.next(3) }, () => openFeedback(b, choose, pool, direction));
    const tainted = new Set(open.map(({ id }) => id));
    pool.push(...tainted);
    for (let steps = 2 + choose.next(5); steps > 0; steps--) {
      const made = step(b, choose, pool, tainted, open, smooth, causal);
      if (made !== undefined) pool.push(made);
    }
    for (const { id } of open) {
      const fitting = pool.filter((node) => withoutAxes(b.node(node).axes, b.node(id).axes).length === 0);
      const latest = fitting.slice(-4);
      b.tie(id, b.map("tanh", choose.one(latest)));
    }
  }
  const last = pool.slice(-5);
  const loss = last
    .map((id) => b.sum(b.node(id).axes, b.map("mul", id, b.map("sin", id))))
    .reduce((x, y) => b.map("add", x, y));
  const counted = b.sum([t, s, w], b.map("mul", last[0]!, b.constant(0.1)));
  return b.finish([
    ...last.map((node, i) => ({ role: "output" as const, name: `o${i}`, node, axes: b.node(node).axes })),
    { role: "output", name: "counted", node: counted, axes: b.node(counted).axes },
    { role: "loss", name: "loss", node: loss, axes: b.node(loss).axes },
  ]);
};

const openFeedback = (b: Builder, choose: Chooser, pool: ReadonlyArray<NodeId>, direction: number): Open => {
  const axis = choose.one([t, t, s, w, f]);
  const wanted = choose.one([[], [v], [t], [s], [s, v], [t, s]]);
  const fits = (id: NodeId): boolean => isTyped(unionAxes(b.node(id).axes, wanted)) && !hasAxis(b.node(id).axes, axis);
  const boundary = choose.one([b.constant(0), b.constant(0.3), choose.one(pool.filter(fits))]);
  const by = direction * choose.one([1, 1, 1, 2]);
  return { id: b.feedback(axis, by, boundary, wanted), axis, by };
};

const isTyped = (axes: ReadonlyArray<Axis>): boolean => {
  const slots = axes.flatMap((axis) => (axis.tag === "feature" ? [axis.slot] : []));
  return new Set(slots).size === slots.length && axes.length <= 5;
};

/** Beside all functions alike, those that circuits are made of. */
const usual: ReadonlyArray<Pointwise> = ["add", "mul", "sub", "add", "mul"];

/** An operand made so that it is in the domain. */
const into: { readonly [D in Domain]: (b: Builder, x: NodeId) => NodeId } = {
  any: (_, x) => x,
  bounded: (b, x) => b.map("tanh", x),
  positive: (b, x) => b.map("add", b.constant(1.5), b.map("mul", x, x)),
  truth: (b, x) => b.map("less", x, b.constant(0.1)),
  count: (b, x) => b.map("add", b.constant(1), b.map("less", x, b.constant(0.1))),
};

const applied = (b: Builder, fn: Pointwise, operands: ReadonlyArray<NodeId>): NodeId =>
  b.map(fn, ...uses[fn].operands.map((domain, i) => into[domain](b, operands[i]!)));

/** What a stable form is for. */
const ofExponential = (b: Builder, choose: Chooser, power: NodeId): NodeId => {
  const one = b.constant(1);
  const { axes } = b.node(power);
  const features = axes.filter(({ tag }) => tag === "feature");
  switch (choose.next(6)) {
    case 1:
      return b.map("div", one, b.map("add", one, power));
    case 2:
      return b.map("log", b.map("add", b.map("div", one, power), power));
    case 3:
      return b.map("div", power, b.sum(features, power));
    case 4:
      return b.map("log", b.map("div", b.map("sqrt", power), b.sum(features, power)));
    case 5:
      return b.map("div", b.map("sub", power, one), b.map("add", power, b.constant(0.5)));
    default:
      return power;
  }
};

const step = (
  b: Builder,
  choose: Chooser,
  pool: ReadonlyArray<NodeId>,
  tainted: Set<NodeId>,
  open: ReadonlyArray<Open>,
  smooth: boolean,
  causal: boolean,
): NodeId | undefined => {
  const x = choose.one(choose.next(2) === 0 ? pool : pool.slice(-4));
  const axes = b.node(x).axes;
  const partners = pool.filter((id) => isTyped(unionAxes(axes, b.node(id).axes)));
  if (partners.length === 0) return undefined;
  const y = choose.one(partners);
  const isFree = (axis: Axis, by = 0): boolean =>
    !tainted.has(x) ||
    !open.some(
      (fb) => (sameAxis(fb.axis, axis) || raggedOver([fb.axis], axis).length > 0) && (by === 0 || fb.by > 0 !== by > 0),
    );
  const looksBack = (axis: Axis): boolean => causal && sameAxis(axis, t);
  const present = axes.filter((axis) => isFree(axis) && !looksBack(axis));
  const from = (id: NodeId | undefined, ...of: ReadonlyArray<NodeId>): NodeId | undefined => {
    if (id !== undefined && of.some((each) => tainted.has(each))) tainted.add(id);
    return id;
  };
  switch (choose.next(smooth ? 12 : 16)) {
    case 0:
    case 1:
    case 2:
      return from(applied(b, choose.one(smoothFunctions), [x, y]), x, y);
    case 3:
      return from(applied(b, choose.one(usual), [x, y]), x, y);
    case 4:
      return from(ofExponential(b, choose, b.map("exp", b.map("tanh", x))), x);
    case 5:
      return from(b.map("pow", x, b.constant(choose.one(wholeExponents))), x);
    case 6:
      return from(b.map("pow", into.positive(b, x), b.constant(choose.one(otherExponents))), x);
    case 7: {
      const chosen = present.filter(() => choose.next(2) === 0);
      const over = chosen.filter((axis) => raggedOver(withoutAxes(axes, chosen), axis).length === 0);
      return from(b.sum(over, x), x);
    }
    case 8: {
      const axis = choose.one(times);
      const by = choose.one([1, -1, 2, -2]);
      if (looksBack(axis) && (by < 0 || hasAxis(b.node(y).axes, t))) return undefined;
      return isFree(axis, by) ? from(b.delay(axis, by, y, x), x, y) : undefined;
    }
    case 9: {
      const axis = choose.one(times);
      const position = choose.one([
        { tag: "fromStart", position: 1 } as const,
        { tag: "fromStart", position: 2 } as const,
        { tag: "fromEnd", offset: 0 } as const,
        { tag: "fromEnd", offset: -1 } as const,
      ]);
      return isFree(axis) && !looksBack(axis) && raggedOver(axes, axis).length === 0
        ? from(b.at(axis, position, x), x)
        : undefined;
    }
    case 10: {
      if (hasAxis(axes, v) && !hasAxis(axes, column)) {
        return choose.next(2) === 0
          ? from(b.rename([[v, column]], x), x)
          : from(b.slice(featureAxis(0, 3), choose.next(2), 2, b.concat(0, [2, 1], [x, b.constant(0.2)])), x);
      }
      if (hasAxis(axes, column) && hasAxis(axes, v))
        return from(
          b.rename(
            [
              [v, column],
              [column, v],
            ],
            x,
          ),
          x,
        );
      return hasAxis(axes, u)
        ? from(b.slice(u, choose.next(2), 2, x), x)
        : from(b.concat(0, [1, 1], [b.constant(0.1), x]), x);
    }
    case 11:
      return from(b.map("log", b.map("softplus", x)), x);
    case 12:
    case 13:
    case 14:
      return from(applied(b, choose.one(allFunctions), [x, y, x]), x, y);
    default: {
      const chosen = present.filter(({ tag }) => tag === "feature" || choose.next(4) === 0);
      const over = chosen.filter((axis) => raggedOver(withoutAxes(axes, chosen), axis).length === 0);
      return from(b.map("max", b.maximum(over, x), b.constant(-2)), x);
    }
  }
};
