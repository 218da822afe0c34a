import type { Pointwise } from "../../src/circuit/circuit.ts";
import { pointwiseDerivatives } from "../../src/transform/pointwise-derivatives.ts";
import { type Fault, faultsOf } from "./fault.ts";

const slopes = faultsOf("transform/pointwise-derivatives.ts");
const rules = faultsOf("transform/derivative-rules.ts");
const adjoint = faultsOf("transform/differentiate.ts");
const active = faultsOf("transform/active.ts");
const paths = faultsOf("transform/gradients/paths.ts");
const expansion = faultsOf("transform/gradients/expand.ts");
const written = faultsOf("elaborate/derivatives.ts");
const assembled = faultsOf("elaborate/circuit/variables.ts");

/** A mistake in the derivative of each function that has one. */
const slopeFaults: { readonly [P in Pointwise]: ReadonlyArray<Fault> } = {
  neg: [slopes("the slope of a negation is 1", 'neg: [(b, { dy }) => b.map("neg", dy)]', "neg: [(_, { dy }) => dy]")],
  add: [
    slopes(
      "a second summand gets no gradient",
      "add: [(_, { dy }) => dy, (_, { dy }) => dy]",
      "add: [(_, { dy }) => dy, (b) => b.constant(0)]",
    ),
  ],
  sub: [
    slopes(
      "a subtrahend's slope loses its sign",
      'sub: [(_, { dy }) => dy, (b, { dy }) => b.map("neg", dy)]',
      "sub: [(_, { dy }) => dy, (_, { dy }) => dy]",
    ),
  ],
  mul: [
    slopes(
      "both slopes of a product are the right factor",
      "mul: [(b, flow, _, z) => along(b, flow, z), (b, flow, x) => along(b, flow, x)]",
      "mul: [(b, flow, _, z) => along(b, flow, z), (b, flow, _, z) => along(b, flow, z)]",
    ),
  ],
  times: [
    slopes(
      "both slopes of a product in which 0 absorbs are the left factor",
      "times: [(b, flow, _, z) => along(b, flow, z), (b, flow, x) => along(b, flow, x)]",
      "times: [(b, flow, x) => along(b, flow, x), (b, flow, x) => along(b, flow, x)]",
    ),
  ],
  div: [
    slopes(
      "a denominator's slope loses its sign",
      'b.map("neg", over(b, { ...flow, dy: along(b, flow, flow.y) }, z))',
      "over(b, { ...flow, dy: along(b, flow, flow.y) }, z)",
    ),
  ],
  pow: [
    slopes(
      "the slope of a third power is one degree too high",
      'b.map("pow", x, b.constant(exponent.value - 1))',
      'b.map("pow", x, b.constant(exponent.value))',
    ),
    slopes(
      "the slope by an exponent forgets the logarithm",
      'along(b, flow, b.map("mul", flow.y, log))',
      "along(b, flow, flow.y)",
    ),
    slopes(
      "the slope of a power that varies is one degree too high",
      'b.map("pow", x, b.map("sub", z, b.constant(1)))',
      'b.map("pow", x, z)',
    ),
  ],
  exp: [slopes("the slope of exp is 1", "exp: [(b, flow) => along(b, flow, flow.y)]", "exp: [(_, { dy }) => dy]")],
  expm1: [
    slopes(
      "the slope of exp less one is its value",
      'expm1: [(b, flow, x) => along(b, flow, b.map("exp", x))]',
      "expm1: [(b, flow) => along(b, flow, flow.y)]",
    ),
  ],
  log: [
    slopes(
      "the slope of log is x",
      "log: [(b, flow, x) => over(b, flow, x)]",
      "log: [(b, flow, x) => along(b, flow, x)]",
    ),
  ],
  log1p: [
    slopes("the slope of log1p is that of log", 'over(b, flow, b.map("add", b.constant(1), x))', "over(b, flow, x)"),
  ],
  sqrt: [
    slopes(
      "the slope of sqrt forgets a half",
      "b.constant(0.5), flow.dy) }, flow.y)",
      "b.constant(1), flow.dy) }, flow.y)",
    ),
  ],
  sin: [slopes("the slope of sin is sin", 'b.map("cos", x)', 'b.map("sin", x)')],
  cos: [
    slopes(
      "the slope of cos loses its sign",
      'b.map("neg", along(b, flow, b.map("sin", x)))',
      'along(b, flow, b.map("sin", x))',
    ),
  ],
  atan: [
    slopes(
      "the slope of atan forgets a square",
      'b.map("add", b.constant(1), b.map("mul", x, x)))',
      'b.map("add", b.constant(1), x))',
    ),
  ],
  erf: [slopes("the slope of erf grows", 'b.map("neg", b.map("mul", x, x))', 'b.map("mul", x, x)')],
  mod: [],
  tanh: [
    slopes(
      "the slope of tanh is 1 - y",
      'b.map("sub", b.constant(1), b.map("mul", flow.y, flow.y))',
      'b.map("sub", b.constant(1), flow.y)',
    ),
  ],
  sigmoid: [
    slopes("the slope of sigmoid forgets 1 - y", 'b.map("mul", flow.y, b.map("sub", b.constant(1), flow.y))', "flow.y"),
  ],
  softplus: [slopes("the slope of softplus is tanh", 'b.map("sigmoid", x)', 'b.map("tanh", x)')],
  min: [
    slopes(
      "the minimum gives to the greater",
      "min: [(b, { dy }, x, z) => whereLess(b, dy, x, z)",
      "min: [(b, { dy }, x, z) => whereLess(b, dy, z, x)",
    ),
  ],
  max: [
    slopes(
      "the maximum gives to the lesser",
      "max: [(b, { dy }, x, z) => whereLess(b, dy, z, x)",
      "max: [(b, { dy }, x, z) => whereLess(b, dy, x, z)",
    ),
    slopes(
      "at a tie both sides of a maximum get its whole gradient",
      'b.map("mul", b.constant(0.5), dy), b.constant(0))',
      "dy, b.constant(0))",
    ),
  ],
  less: [],
  lessEqual: [],
  equal: [],
  not: [],
  and: [],
  or: [],
  select: [
    slopes(
      "the gradient flows through the branch not taken",
      'b.map("select", condition, dy, b.constant(0))',
      'b.map("select", condition, b.constant(0), dy)',
    ),
  ],
  stop: [slopes("a stop lets the gradient through", "stop: [none]", "stop: [(_, { dy }) => dy]")],
};

/** The functions of which no mistake is planted, though they have a derivative. */
export const unplanted: ReadonlyArray<string> = Object.entries(pointwiseDerivatives).flatMap(([fn, shares]) =>
  shares.some((share) => share !== undefined) && slopeFaults[fn as Pointwise].length === 0 ? [fn] : [],
);

/** Mistakes in the derivative. */
export const derivativeFaults: ReadonlyArray<Fault> = [
  ...Object.values(slopeFaults).flat(),

  rules(
    "a delay's adjoint runs the same way",
    "value: b.delay(op.axis, -op.by, b.constant(0), dy, b.node(y).axes)",
    "value: b.delay(op.axis, op.by, b.constant(0), dy, b.node(y).axes)",
  ),
  rules("a boundary gets the gradient one position late", "position: i + 1 }", "position: i + 2 }"),
  rules("a boundary at the end gets the gradient one position early", "offset: -i }", "offset: -i - 1 }"),
  rules(
    "a boundary that varies gets none",
    'b.map("lessEqual", b.index(axis), b.constant(by))',
    'b.map("less", b.index(axis), b.constant(0))',
  ),
  rules(
    "the value at a position gives its gradient to all positions",
    'value: b.map("select", b.map("equal", b.index(axis), place(b, axis, position)), dy, b.constant(0))',
    "value: dy",
  ),
  rules(
    "the gradient of a value before the end goes to the end",
    'b.map("add", b.length(axis), b.constant(position.offset))',
    "b.length(axis)",
  ),
  rules(
    "a part of a concatenation gets the first components",
    "value: b.slice(axis, starts[i]!, size, dy)",
    "value: b.slice(axis, 0, size, dy)",
  ),
  rules("a maximum gives the whole gradient to each that attains it", 'b.map("div", dy, b.sum(over, attains))', "dy"),
  rules(
    "a slice gives its gradient to the components at the other end",
    "{ size: from, value: b.constant(0) },\n        { size, value: dy },\n        { size: rest, value: b.constant(0) },",
    "{ size: rest, value: b.constant(0) },\n        { size, value: dy },\n        { size: from, value: b.constant(0) },",
  ),
  rules("a renaming is not undone", "        b.rename(back, dy),\n      );", "        dy,\n      );"),
  rules(
    "a diagonal gives its gradient to the whole square",
    'return b.map("select", isRead, share, b.constant(0));',
    'return b.map("select", isRead, share, share);',
  ),

  paths(
    "a derivative position by position goes through delays",
    'op.tag === "delay" && hasAxis(axes, op.axis);',
    'op.tag === "delay" && !hasAxis(axes, op.axis);',
  ),
  expansion(
    "a derivative is that by the first of its group",
    "return adjoints.get(by) ??",
    "return adjoints.get([...wanted.values()][0]!) ??",
  ),
  written(
    "a derivative by what is read elsewhere is that by the value here",
    'return { tag: "read", path, places, span: term.span };',
    'return { tag: "read", path, places: here(variable, term.span).places, span: term.span };',
  ),
  assembled(
    "a derivative by a variable that does not vary is the sum over its positions",
    "const node = like === undefined || isLeaf(b, variable, own) ? own : b.mark(path, marked, own);",
    "const node = like === undefined || isLeaf(b, variable, own) ? own : b.mark(path, [], own);",
  ),

  adjoint("an open delay's adjoint runs the same way", "b.feedback(op.axis, -op.by,", "b.feedback(op.axis, op.by,"),
  adjoint(
    "the last consumer's contribution replaces the others",
    "else before.push(made);",
    "else before.splice(0, before.length, made);",
  ),
  adjoint(
    "broadcasting is not summed over",
    "b.sum(withoutAxes(space, axes), value)",
    "b.sum(withoutAxes(space, axes).slice(1), value)",
  ),
  adjoint(
    "of a gradient's parts only the first counts",
    "parts.length === 0 ? b.constant(0)",
    "parts.length > 1 ? parts[0]! : parts.length === 0 ? b.constant(0)",
  ),
  adjoint("the adjoint starts at 2", "[b.constant(1)]", "[b.constant(2)]"),
  active(
    "what depends on a parameter around a cycle is forgotten",
    "for (const id of found) for (const next of edges[id]!) found.add(next);",
    "for (const id of [...found]) for (const next of edges[id]!) found.add(next);",
  ),
];
