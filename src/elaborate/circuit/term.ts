import type { Axis, FeatureAxis } from "../../circuit/axis.ts";
import type { Builder } from "../../circuit/build.ts";
import type { NodeId } from "../../circuit/circuit.ts";
import { isPointwise, pointwiseFunctions } from "../functions.ts";
import type { Shapes } from "../shape/infer.ts";
import { sizesOf } from "../shape/shape.ts";
import type { Comparison, Term } from "../system.ts";
import { freeAxes } from "../term.ts";
import { featureAxes, lookUpRow, outer, product, reduce, sizeOf, transpose, type Valued } from "./algebra.ts";
import { componentAt, placeOfComponent } from "./component.ts";
import { overAxes } from "./over-axes.ts";

type Read = Extract<Term, { readonly tag: "read" }>;

/** The circuit of a term that stands over axes; `read` gives the node of a variable where it is read. */
export const buildTerm = (
  b: Builder,
  shapes: Shapes,
  read: (read: Read) => NodeId,
  axes: ReadonlyArray<Axis>,
  term: Term,
): NodeId => {
  const buildOver = (over: ReadonlyArray<Axis>, part: Term): NodeId => buildTerm(b, shapes, read, over, part);
  const build = (part: Term): NodeId => buildOver(axes, part);
  const valued = (part: Term): Valued => ({ node: build(part), shape: shapes.ofTerm(part) });
  switch (term.tag) {
    case "number":
      return b.constant(term.value);
    case "read":
      return read(term);
    case "position": {
      const index = b.index(term.axis);
      return term.reversed ? b.map("sub", b.map("add", b.length(term.axis), b.constant(1)), index) : index;
    }
    case "length":
      return b.length(term.axis);
    case "lookup":
      return lookUpRow(b, valued(term.table), build(term.symbol));
    case "pick": {
      const table = buildOver([...axes, term.axis], term.table);
      const picked = b.map("mul", table, b.onehot(term.axis, build(term.place)));
      return b.sum([term.axis], picked);
    }
    case "component":
      return componentAt(b, valued(term.table), term.index);
    case "unit":
      return b.onehot(featureAxes(shapes.ofTerm(term))[0]!, placeOfComponent(b, term.index));
    case "product":
      return product(b, valued(term.left), valued(term.right));
    case "transpose":
      return transpose(b, valued(term.operand));
    case "concat":
      return b.concat(
        0,
        term.parts.map((part) => sizesOf(shapes.ofTerm(part)).map(sizeOf)[0] ?? 1),
        term.parts.map(build),
      );
    case "compare":
      return comparisons[term.operator](b, build(term.left), build(term.right));
    case "logic":
      return b.map(term.fn, ...term.operands.map(build));
    case "choose":
      return b.map("select", build(term.condition), build(term.then), build(term.else));
    case "family": {
      const here = b.index(term.axis);
      return term.members
        .map(build)
        .reduceRight((others, member, i) => b.map("select", b.map("equal", here, b.constant(i + 1)), member, others));
    }
    case "mix": {
      const mask = build(term.mask);
      const rest = b.map("sub", b.constant(1), mask);
      return b.map("add", b.map("times", mask, build(term.next)), b.map("times", rest, build(term.last)));
    }
    case "reduce": {
      const over = term.axes.length > 0 ? term.axes : featureAxes(shapes.ofTerm(term.operand));
      const operand = buildOver([...axes, ...over], term.operand);
      // A softmax stands over its own axis: where that is empty there is nothing of it.
      return reduce[term.fn](term.fn === "softmax" ? b : overAxes(b, axes), over, operand);
    }
    case "grad": {
      const over = freeAxes(term.of);
      return b.grad(over, term.span, buildOver(over, term.of), build(term.by));
    }
    case "call":
      return buildCall(overAxes(b, axes), term, term.operands.map(valued));
    case "wrong":
      return b.constant(Number.NaN);
  }
};

const buildCall = (
  b: Builder,
  { fn, operands: terms }: Extract<Term, { readonly tag: "call" }>,
  operands: ReadonlyArray<Valued>,
): NodeId => {
  const [x, y] = operands;
  const exponent = fn === "pow" ? terms[1] : undefined;
  if (exponent?.tag === "number" && isSmallPower(exponent.value)) return power(b, x!.node, exponent.value);
  if (isPointwise(fn)) return pointwiseFunctions[fn].meaning(b, ...operands.map(({ node }) => node));
  switch (fn) {
    case "sumsq":
      return sumOfSquares(b, x!);
    // Where it is 0 its slope is made 0, as that of any root of a sum of squares.
    case "norm":
      return b.map("sqrt", sumOfSquares(b, x!));
    case "argmax":
      return firstGreatest(b, featureAxes(x!.shape)[0]!, x!.node);
    case "dot":
      return b.sum(featureAxes(x!.shape), b.map("mul", x!.node, y!.node));
    case "outer":
      return outer(b, x!, y!);
    case "mod":
      return b.map("mod", x!.node, y!.node);
    case "onehot":
      return b.onehot(featureAxes({ ...x!.shape, tag: "vector" } as Valued["shape"])[0]!, x!.node);
  }
};

const sumOfSquares = (b: Builder, { node, shape }: Valued): NodeId =>
  b.sum(featureAxes(shape), b.map("mul", node, node));

/** Which component is the greatest, the first of equals: what is no number counts as greatest, so that it is one of them. */
const firstGreatest = (b: Builder, axis: FeatureAxis, node: NodeId): NodeId => {
  const isLess = b.map("less", node, b.maximum([axis], node));
  const place = b.map("select", isLess, b.constant(axis.size - 1), b.index(axis));
  return b.map("neg", b.maximum([axis], b.map("neg", place)));
};

/** Small powers are products, which have no trouble with a base below 0. */
const isSmallPower = (exponent: number): boolean => Number.isInteger(exponent) && exponent >= 1 && exponent <= 4;

const power = (b: Builder, base: NodeId, exponent: number): NodeId =>
  Array.from({ length: exponent - 1 }).reduce<NodeId>((sofar) => b.map("mul", sofar, base), base);

const comparisons: { readonly [C in Comparison]: (b: Builder, x: NodeId, y: NodeId) => NodeId } = {
  "==": (b, x, y) => b.map("equal", x, y),
  "!=": (b, x, y) => b.map("not", b.map("equal", x, y)),
  "<": (b, x, y) => b.map("less", x, y),
  "<=": (b, x, y) => b.map("lessEqual", x, y),
  ">": (b, x, y) => b.map("less", y, x),
  ">=": (b, x, y) => b.map("lessEqual", y, x),
};
