import { type Axis, featureAxis, type TimeAxis, timeAxis } from "../../src/circuit/axis.ts";
import { type Builder, newBuilder } from "../../src/circuit/build.ts";
import type { Circuit, NodeId } from "../../src/circuit/circuit.ts";

/** Systems of recurrence equations built by hand, one for each thing that a schedule must get right. */
export interface System {
  readonly name: string;
  readonly build: (sizes: { readonly n: number; readonly k: number }) => Circuit;
}

const run = (key: string, rank: number, name: string, over: ReadonlyArray<TimeAxis> = []): TimeAxis =>
  timeAxis(key, rank, { tag: "length", name, over });
const v = (size: number): Axis => featureAxis(0, size);

/** A matrix of `rows` by `columns` times a vector. */
const times = (b: Builder, matrix: NodeId, columns: number, vector: NodeId): NodeId =>
  b.sum([featureAxis(1, columns)], b.map("mul", matrix, b.rename([[v(columns), featureAxis(1, columns)]], vector)));
const add = (b: Builder, first: NodeId, ...rest: ReadonlyArray<NodeId>): NodeId =>
  rest.reduce((sum, x) => b.map("add", sum, x), first);

/** Every output is squared and summed into the loss, so that all of it has a gradient. */
const finish = (b: Builder, outputs: Readonly<Record<string, NodeId>>): Circuit => {
  const terms = Object.values(outputs).map((id) =>
    b.sum(b.node(id).axes, b.map("mul", id, b.map("add", id, b.constant(0.5)))),
  );
  return b.finish([
    ...Object.entries(outputs).map(([name, node]) => ({
      role: "output" as const,
      name,
      node,
      axes: b.node(node).axes,
    })),
    { role: "loss", name: "loss", node: add(b, terms[0]!, ...terms.slice(1)), axes: [] },
  ]);
};

/** h[t] = tanh(W h[t - by] + U x[t]), with a boundary. */
const rnn = (
  b: Builder,
  t: TimeAxis,
  n: number,
  k: number,
  x: NodeId,
  by: number,
  boundary: NodeId,
  name = "",
): NodeId => {
  const past = b.feedback(t, by, boundary, [...b.node(x).axes.filter((axis) => axis.tag === "time"), v(n)]);
  const a = add(b, times(b, b.parameter(`W${name}`, [n, n]), n, past), times(b, b.parameter(`U${name}`, [n, k]), k, x));
  const h = b.map("tanh", a);
  b.tie(past, h);
  return h;
};

const softmax = (b: Builder, over: Axis, e: NodeId): NodeId => {
  const exp = b.map("exp", b.map("sub", e, b.map("stop", b.maximum([over], e))));
  return b.map("div", exp, b.sum([over], exp));
};

export const systems: ReadonlyArray<System> = [
  {
    name: "a scan with a learned boundary, its last state and its states",
    build: ({ n, k }) => {
      const [b, t] = [newBuilder(), run("t", 0, "T")];
      const h = rnn(b, t, n, k, b.input("x", [t, v(k)]), 1, b.parameter("h0", [n]));
      return finish(b, {
        h,
        last: b.at(t, { tag: "fromEnd", offset: 0 }, h),
        first: b.at(t, { tag: "fromStart", position: 1 }, h),
      });
    },
  },
  {
    name: "a backward scan with a learned boundary",
    build: ({ n, k }) => {
      const [b, t] = [newBuilder(), run("t", 0, "T")];
      return finish(b, { g: rnn(b, t, n, k, b.input("x", [t, v(k)]), -1, b.parameter("g1", [n])) });
    },
  },
  {
    name: "both directions and a merge over time",
    build: ({ n, k }) => {
      const [b, t] = [newBuilder(), run("t", 0, "T")];
      const x = b.input("x", [t, v(k)]);
      const [h, g] = [rnn(b, t, n, k, x, 1, b.constant(0), "f"), rnn(b, t, n, k, x, -1, b.constant(0), "b")];
      const both = b.concat(0, [n, n], [h, g]);
      const mean = b.map("div", b.sum([t], both), b.map("max", b.length(t), b.constant(1)));
      return finish(b, { both, mean, greatest: b.map("tanh", b.maximum([t], b.map("max", b.constant(-9), h))) });
    },
  },
  {
    name: "two delays with different boundaries, and a delayed input",
    build: ({ n, k }) => {
      const [b, t] = [newBuilder(), run("t", 0, "T")];
      const x = b.input("x", [t, v(k)]);
      const axes = [t, v(n)];
      const one = b.feedback(t, 1, b.parameter("h0", [n]), axes);
      const first = b.map("equal", b.index(t), b.constant(1));
      const two = b.feedback(t, 2, b.map("select", first, b.parameter("h1", [n]), b.parameter("h0", [n])), axes);
      const h = b.map(
        "tanh",
        add(
          b,
          times(b, b.parameter("W", [n, n]), n, one),
          times(b, b.parameter("V", [n, n]), n, two),
          times(b, b.parameter("U", [n, k]), k, b.delay(t, 1, b.parameter("x0", [k]), x)),
        ),
      );
      b.tie(one, h);
      b.tie(two, h);
      return finish(b, { h });
    },
  },
  {
    name: "an encoder, additive attention and a decoder",
    build: ({ n, k }) => {
      const [b, j, i] = [newBuilder(), run("j", 0, "Tx"), run("i", 1, "Ty")];
      const h = rnn(b, j, n, k, b.input("x", [j, v(k)]), 1, b.constant(0), "e");
      const keys = times(b, b.parameter("Ua", [n, n]), n, h);
      const past = b.feedback(i, 1, times(b, b.parameter("P", [n, n]), n, b.at(j, { tag: "fromEnd", offset: 0 }, h)), [
        i,
        v(n),
      ]);
      const hidden = b.map("tanh", add(b, times(b, b.parameter("Wa", [n, n]), n, past), keys));
      const e = b.sum([v(n)], b.map("mul", b.parameter("v", [n]), hidden));
      const weights = softmax(b, j, e);
      const context = b.sum([j], b.map("mul", weights, h));
      const s = b.map(
        "tanh",
        add(
          b,
          times(b, b.parameter("W", [n, n]), n, past),
          times(b, b.parameter("C", [n, n]), n, context),
          times(b, b.parameter("E", [n, k]), k, b.input("y", [i, v(k)])),
        ),
      );
      b.tie(past, s);
      return finish(b, { s, weights });
    },
  },
  {
    name: "a recurrence along two axes",
    build: ({ n, k }) => {
      const [b, i, j] = [newBuilder(), run("i", 0, "I"), run("j", 1, "J")];
      const x = b.input("x", [i, j, v(k)]);
      const above = b.feedback(i, 1, b.constant(0), [i, j, v(n)]);
      const before = b.feedback(j, 1, b.parameter("h0", [n]), [i, j, v(n)]);
      const h = b.map(
        "tanh",
        add(
          b,
          times(b, b.parameter("W", [n, n]), n, above),
          times(b, b.parameter("V", [n, n]), n, before),
          times(b, b.parameter("U", [n, k]), k, x),
        ),
      );
      b.tie(above, h);
      b.tie(before, h);
      return finish(b, { h });
    },
  },
  {
    name: "a scan inside a scan, ragged: words in sentences",
    build: ({ n, k }) => {
      const b = newBuilder();
      const s = run("s", 0, "S");
      const w = run("w", 1, "W", [s]);
      const outer = b.feedback(s, 1, b.constant(0), [s, v(n)]);
      const inner = b.feedback(w, 1, times(b, b.parameter("P", [n, n]), n, outer), [s, w, v(n)]);
      const h = b.map(
        "tanh",
        add(
          b,
          times(b, b.parameter("W", [n, n]), n, inner),
          times(b, b.parameter("U", [n, k]), k, b.input("x", [s, w, v(k)])),
        ),
      );
      b.tie(inner, h);
      const g = b.map("tanh", add(b, times(b, b.parameter("V", [n, n]), n, outer), b.sum([w], h)));
      b.tie(outer, g);
      return finish(b, { g });
    },
  },
  {
    name: "self-attention, causal and not",
    build: ({ n, k }) => {
      const [b, t] = [newBuilder(), run("t", 0, "T")];
      const j = run("j", 1, "T");
      const x = b.input("x", [t, v(k)]);
      const at = (id: NodeId) => b.rename([[t, j]], id);
      const [query, key, value] = ["Q", "K", "V"].map((name) => times(b, b.parameter(name, [n, k]), k, x));
      const e = b.sum([v(n)], b.map("mul", query!, at(key!)));
      const open = b.sum([j], b.map("mul", softmax(b, j, e), at(value!)));
      const masked = b.map("select", b.map("lessEqual", b.index(j), b.index(t)), e, b.constant(-1e9));
      return finish(b, { open, causal: b.sum([j], b.map("mul", softmax(b, j, masked), at(value!))) });
    },
  },
  {
    name: "look-ups of symbols and of the symbol before",
    build: ({ n }) => {
      const [b, t] = [newBuilder(), run("t", 0, "T")];
      const V = 5;
      const w = b.input("symbol:w", [t]);
      const row = (table: NodeId, symbol: NodeId) => {
        const spread = b.rename([[v(V), featureAxis(1, V)]], b.onehot(featureAxis(0, V), symbol));
        return b.sum(
          [featureAxis(1, V)],
          b.map(
            "mul",
            b.rename(
              [
                [v(V), featureAxis(1, V)],
                [featureAxis(1, n), v(n)],
              ],
              table,
            ),
            spread,
          ),
        );
      };
      const table = b.parameter("E", [V, n]);
      const before = b.delay(t, 1, b.constant(2), w);
      const h = rnn(b, t, n, n, add(b, row(table, w), row(table, before)), 1, b.constant(0));
      const p = softmax(b, v(V), times(b, b.parameter("O", [V, n]), n, h));
      const picked = b.sum([v(V)], b.map("mul", b.map("log", p), b.onehot(featureAxis(0, V), w)));
      return finish(b, { picked, total: b.sum([t], picked) });
    },
  },
  {
    name: "concatenations, parts of them, transposed and inner products",
    build: ({ n, k }) => {
      const [b, t] = [newBuilder(), run("t", 0, "T")];
      const x = b.input("x", [t, v(k)]);
      const past = b.feedback(t, 1, b.constant(0), [t, v(n)]);
      const joined = b.concat(0, [n, k, 1], [past, x, b.constant(1)]);
      const a = times(b, b.parameter("W", [2 * n, n + k + 1]), n + k + 1, joined);
      const [gate, candidate] = [b.slice(featureAxis(0, 2 * n), 0, n, a), b.slice(featureAxis(0, 2 * n), n, n, a)];
      const h = b.map("add", b.map("mul", b.map("sigmoid", gate), past), b.map("tanh", candidate));
      b.tie(past, h);
      const W = b.parameter("S", [n, n]);
      const transposed = b.rename(
        [
          [v(n), featureAxis(1, n)],
          [featureAxis(1, n), v(n)],
        ],
        W,
      );
      const twice = times(b, transposed, n, times(b, W, n, h));
      return finish(b, { h, twice, norm: b.sum([v(n)], b.map("mul", h, h)) });
    },
  },
  {
    name: "a fixed axis, no input, and no time at all",
    build: ({ n, k }) => {
      const b = newBuilder();
      const t = timeAxis("t", 0, { tag: "fixed", size: 3 });
      const z = b.input("z", [v(k)]);
      const start = times(b, b.parameter("P", [n, k]), k, z);
      const past = b.feedback(t, 1, start, [t, v(n)]);
      const h = b.map("tanh", times(b, b.parameter("W", [n, n]), n, past));
      b.tie(past, h);
      const free = b.feedback(t, -1, b.parameter("s", [n]), [t, v(n)]);
      const s = b.map("sin", add(b, free, b.index(t)));
      b.tie(free, s);
      return finish(b, { h, start, s });
    },
  },
];
