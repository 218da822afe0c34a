import type { Axis } from "../../circuit/axis.ts";
import type { NodeId, Op, Pointwise } from "../../circuit/circuit.ts";
import { aligned, keptInside, laidOf, real } from "./layout.ts";
import type { Path } from "./loops.ts";
import type { Scribe } from "./scribe.ts";
import { atom, callOf, methodOf, type Piece, pieceOf, pythonNumber, within } from "./text.ts";

/** A function at every position. */
export const mapPiece = (s: Scribe, id: NodeId, fn: Pointwise, path: Path): Piece => {
  const { inputs, axes } = s.node(id);
  const dims = s.dims(id, path);
  const fills = s.padding.fills(id);
  const operands = inputs.map((input, i): Piece => {
    const laid = laidOf(s, input, path);
    const typed = { ...laid, piece: typedFor(s, fn, i, id, input, laid.piece) };
    const fill = fills?.[i];
    const kept = fill === undefined ? typed : keptInside(s, withNumber(typed), axes, path, pythonNumber(fill));
    return aligned(kept, dims);
  });
  if (fn === "select") {
    const [condition, ...branches] = operands;
    const texts = branches.map((branch, i) =>
      i === 0 && branches.every((each) => each.isNumber) ? scalar(branch) : branch,
    );
    return callOf("torch.where", condition!.text, ...texts.map(({ text }) => text));
  }
  if (s.absorbs(id)) {
    s.needs("absorbing");
    const laid = operands.map((each) => (each.isNumber === true ? scalar(each) : each));
    return callOf("absorbing", absorbed(s, fn), ...laid.map(({ text }) => text));
  }
  if (operands.every((each) => each.isNumber === true)) operands[0] = scalar(operands[0]!);
  const [x, z] = operands;
  return rules[fn](s, x!, z!);
};

const withNumber = (laid: { piece: Piece; dims: ReadonlyArray<Axis> }) =>
  laid.piece.isNumber === true ? { ...laid, piece: scalar(laid.piece) } : laid;

/** A number as a tensor. */
export const scalar = ({ text }: Piece): Piece => atom(`number(${text})`);

/** Operands as the kind of tensor that a function takes. */
const typedFor = (s: Scribe, fn: Pointwise, place: number, id: NodeId, input: NodeId, piece: Piece): Piece => {
  const kind = s.kind(input);
  if (fn === "and" || fn === "or" || fn === "not" || (fn === "select" && place === 0)) {
    if (piece.isNumber === true) return atom(`truth(${piece.text} != 0)`);
    return kind === "truth" ? piece : pieceOf(`${within(piece, "or")} != 0`, "compare");
  }
  if (fn === "less" || fn === "lessEqual" || fn === "equal") return kind === "truth" ? real(s, input, piece) : piece;
  return s.kind(id) === "whole" ? piece : real(s, input, piece);
};

type Rule = (s: Scribe, x: Piece, z: Piece) => Piece;

const infix =
  (sign: string, level: "sum" | "product"): Rule =>
  (_, x, z) =>
    pieceOf(`${within(x, level)} ${sign} ${rightOf(sign, z, level)}`, level);

const rightOf = (sign: string, z: Piece, level: "sum" | "product"): string => {
  if (sign === "+") return within(z, "sum");
  return within(z, level === "sum" ? "product" : "sign");
};

const torch =
  (name: string): Rule =>
  (_, x) =>
    callOf(`torch.${name}`, x.text);

/** Of two numbers where they meet, each has half of the gradient. */
const binary =
  (name: string): Rule =>
  (_, x, z) =>
    callOf(`torch.${name}`, ...[x, z].map((each) => (each.isNumber === true ? scalar(each).text : each.text)));

const comparison =
  (sign: string): Rule =>
  (_, x, z) =>
    pieceOf(`${within(x, "or")} ${sign} ${within(z, "or")}`, "compare");

const rules: { readonly [P in Exclude<Pointwise, "select">]: Rule } = {
  neg: (_, x) => pieceOf(`-${within(x, "sign")}`, "sign"),
  add: infix("+", "sum"),
  sub: infix("-", "sum"),
  mul: infix("*", "product"),
  times: (s, x, z) => {
    s.needs("absorbing");
    return callOf(
      "absorbing",
      s.needs("times"),
      ...[x, z].map((each) => (each.isNumber ? scalar(each).text : each.text)),
    );
  },
  div: infix("/", "product"),
  mod: (_, x, z) => callOf("torch.remainder", (x.isNumber ? scalar(x) : methodOf(x, "detach")).text, z.text),
  pow: (_, x, z) => pieceOf(`${within(x, "atom")} ** ${within(z, "sign")}`, "power"),
  exp: torch("exp"),
  expm1: torch("expm1"),
  log: torch("log"),
  log1p: torch("log1p"),
  sqrt: torch("sqrt"),
  sin: torch("sin"),
  cos: torch("cos"),
  atan: torch("atan"),
  erf: torch("erf"),
  tanh: torch("tanh"),
  sigmoid: torch("sigmoid"),
  // Where PyTorch takes it for its argument by default, eight digits of it are left.
  softplus: (_, x) => callOf("F.softplus", x.text, "threshold=40.0"),
  min: binary("minimum"),
  max: binary("maximum"),
  less: comparison("<"),
  lessEqual: comparison("<="),
  equal: comparison("=="),
  not: (_, x) => pieceOf(`~${within(x, "sign")}`, "sign"),
  and: (_, x, z) => pieceOf(`${within(x, "and")} & ${within(z, "sum")}`, "and"),
  or: (_, x, z) => pieceOf(`${within(x, "or")} | ${within(z, "and")}`, "or"),
  stop: (_, x) => methodOf(x, "detach"),
};

/** The function by its name, where it is given to another one. */
const absorbed = (s: Scribe, fn: Pointwise): string => {
  if (fn === "times" || fn === "pow" || fn === "softplus") return s.needs(fn === "pow" ? "power" : fn);
  return `torch.${({ add: "add", sub: "sub", mul: "mul", div: "div", neg: "neg" } as Record<string, string>)[fn] ?? fn}`;
};

export const constantPiece = ({ value }: Extract<Op, { tag: "constant" }>): Piece => ({
  ...atom(pythonNumber(value)),
  ...(value < 0 ? { level: 6 as const } : {}),
  isNumber: true,
});
