import * as E from "fp-ts/lib/Either.js";
import { isSameShape, type Link, type LinkPart, type NamedShape, shapeText, turned } from "./links.ts";

type Sizes = Readonly<Record<string, number>>;

/** Rows or columns from one to before another, as `2n`, where none is said to the end; or one of so many equal blocks, counted from 1. */
type Range =
  | { readonly tag: "span"; readonly from: string | undefined; readonly to: string | undefined }
  | { readonly tag: "block"; readonly block: number; readonly of: number };

/** `lstm.bias_ih_l0[1/4]`, `U.weight.T`, `W[0:n]`, `head.weight[:,n:2n]`. */
interface WrittenPart {
  readonly written: string;
  readonly tensor: string;
  /** Of rows, then of columns. */
  readonly ranges: ReadonlyArray<Range>;
  readonly isTurned: boolean;
}

const bound = String.raw`\d*\*?[\p{L}_][\p{L}\p{N}_]*|\d+`;
const rangeForm = new RegExp(String.raw`^(?:(?<from>${bound})?:(?<to>${bound})?|(?<block>\d+)/(?<of>\d+))$`, "u");
const partForm = /^(?<tensor>.+?)(?:\[(?<ranges>[^[\]]*)\])?(?<turned>\.T)?$/u;

/** The parts that a parameter is the sum of, as they stand in `--map`; nothing where they cannot be read. */
export const readParts = (text: string): ReadonlyArray<WrittenPart> | undefined => {
  const parts = text.split("+").map((part) => readPart(part.trim()));
  return parts.every((part) => part !== undefined) ? parts : undefined;
};

const readPart = (written: string): WrittenPart | undefined => {
  const { tensor, ranges: inside, turned: isTurned } = partForm.exec(written)?.groups ?? {};
  if (tensor === undefined || /[[\]]/.test(tensor)) return undefined;
  const ranges = inside === undefined ? [] : inside.split(",").map((text) => readRange(text.trim()));
  const known = ranges.filter((range) => range !== undefined);
  return known.length < ranges.length || ranges.length > 2
    ? undefined
    : { written, tensor, ranges: known, isTurned: isTurned !== undefined };
};

const readRange = (text: string): Range | undefined => {
  const { from, to, block, of } = rangeForm.exec(text)?.groups ?? {};
  if (block !== undefined) return { tag: "block", block: Number(block), of: Number(of) };
  return rangeForm.test(text) ? { tag: "span", from, to } : undefined;
};

/** What a line of `--map` says of a parameter. On the left why it does not fit. */
export const linkOf = (
  parameter: NamedShape,
  text: string,
  tensors: ReadonlyArray<NamedShape>,
  sizes: Sizes,
): E.Either<string, Link> => {
  const said = `--map ${parameter.name}=${text}`;
  const parts = (readParts(text) ?? []).map((part) => partOf(parameter, part, tensors, sizes));
  if (parts.length === 0)
    return E.left(
      `${said}: after the = stands the name of a tensor, as in U.weight, U.weight.T, W[0:n], W[:,0:n], W[1/4] or b.ih+b.hh`,
    );
  const wrong = parts.flatMap((part) => (typeof part === "string" ? [`${said}: ${part}`] : []));
  return wrong.length > 0
    ? E.left(wrong.join("; "))
    : E.right({
        path: parameter.name,
        shape: parameter.shape,
        parts: parts.filter((part) => typeof part !== "string"),
      });
};

const partOf = (
  parameter: NamedShape,
  { written, tensor, ranges, isTurned }: WrittenPart,
  tensors: ReadonlyArray<NamedShape>,
  sizes: Sizes,
): LinkPart | string => {
  const found = tensors.find(({ name }) => name === tensor);
  if (found === undefined) return `there is no tensor ${tensor}; there is ${tensors.map(shapeText).join(", ")}`;
  if (ranges.length > Math.max(1, found.shape.length)) return `${shapeText(found)} has no columns`;
  const cut = ranges.map((range, axis) => rangeOf(range, found.shape[axis] ?? 1, sizes, axis === 0 ? "row" : "column"));
  const wrong = cut.find((range) => typeof range === "string");
  if (wrong !== undefined) return `${shapeText(found)}: ${wrong}`;
  const spans = cut.filter((range) => typeof range !== "string");
  const shape =
    ranges.length === 0 ? found.shape : [...spans.map(({ from, to }) => to - from), ...found.shape.slice(spans.length)];
  const taken = isTurned ? shape.toReversed() : shape;
  if (isTurned && shape.length !== 2) return `${shapeText(found)} is no matrix, and has no .T`;
  if (!isSameShape(taken, parameter.shape))
    return `${written} has the shape [${taken.join(", ")}], and ${shapeText(parameter)} another`;
  const places = placesIn(found.shape, spans);
  return { tensor, written, sign: 1, places: isTurned ? turned(places, shape) : places };
};

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Where those elements of a tensor stand that are in the spans of its first axes; row-major. */
const placesIn = (shape: ReadonlyArray<number>, spans: ReadonlyArray<Span>): Int32Array => {
  const [rows = { from: 0, to: shape[0] ?? 1 }, columns = { from: 0, to: shape[1] ?? 1 }] = spans;
  const [width = 1, ...inner] = shape.slice(1);
  const across = inner.reduce((a, b) => a * b, 1);
  const side = (columns.to - columns.from) * across;
  return Int32Array.from({ length: (rows.to - rows.from) * side }, (_, i) => {
    const row = rows.from + Math.floor(i / side);
    return (row * width + columns.from) * across + (i % side);
  });
};

const rangeOf = (range: Range, size: number, sizes: Sizes, what: "row" | "column"): Span | string => {
  if (range.tag === "block") {
    const { block, of } = range;
    if (block < 1 || block > of) return `block ${block} of ${of} does not exist: blocks are counted from 1`;
    if (size % of !== 0) return `its ${size} ${what}s are no ${of} equal blocks`;
    return { from: ((block - 1) * size) / of, to: (block * size) / of };
  }
  const from = range.from === undefined ? 0 : boundOf(range.from, sizes);
  const to = range.to === undefined ? size : boundOf(range.to, sizes);
  if (from === undefined || to === undefined)
    return `${from === undefined ? range.from : range.to} is no number that I know: static parameters are ${Object.keys(sizes).join(", ") || "none"}`;
  return from < to && to <= size ? { from, to } : `it has no ${what}s from ${from} to before ${to}`;
};

/** `8`, `n`, `2n` or `2*n`. */
const boundOf = (text: string, sizes: Sizes): number | undefined => {
  const [, factor, name] = /^(\d*)\*?(.*)$/u.exec(text)!;
  const times = factor === "" ? 1 : Number(factor);
  if (name === "") return times;
  const size = sizes[name!];
  return size === undefined ? undefined : times * size;
};
