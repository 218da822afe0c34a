import * as E from "fp-ts/lib/Either.js";
import { isSameShape, type Link, type LinkPart, type NamedShape, shapeText, turned } from "./links.ts";

type Sizes = Readonly<Record<string, number>>;

/** Rows from one to before another, as `2n`; or one of so many equal blocks, counted from 1. */
type Rows =
  | { readonly tag: "span"; readonly from: string; readonly to: string }
  | { readonly tag: "block"; readonly block: number; readonly of: number };

/** `lstm.bias_ih_l0[1/4]`, `U.weight.T`, `W[0:n]`. */
interface WrittenPart {
  readonly written: string;
  readonly tensor: string;
  readonly rows?: Rows;
  readonly isTurned: boolean;
}

const bound = String.raw`\d*\*?[\p{L}_][\p{L}\p{N}_]*|\d+`;
const partForm = new RegExp(
  String.raw`^(?<tensor>.+?)(?:\[(?:(?<from>${bound}):(?<to>${bound})|(?<block>\d+)/(?<of>\d+))\])?(?<turned>\.T)?$`,
  "u",
);

/** The parts that a parameter is the sum of, as they stand in `--map`; nothing where they cannot be read. */
export const readParts = (text: string): ReadonlyArray<WrittenPart> | undefined => {
  const parts = text.split("+").map((part) => readPart(part.trim()));
  return parts.every((part) => part !== undefined) ? parts : undefined;
};

const readPart = (written: string): WrittenPart | undefined => {
  const { tensor, from, to, block, of, turned: isTurned } = partForm.exec(written)?.groups ?? {};
  if (tensor === undefined || /[[\]]/.test(tensor)) return undefined;
  const rows: Rows | undefined =
    from !== undefined && to !== undefined
      ? { tag: "span", from, to }
      : block !== undefined
        ? { tag: "block", block: Number(block), of: Number(of) }
        : undefined;
  return { written, tensor, isTurned: isTurned !== undefined, ...(rows === undefined ? {} : { rows }) };
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
      `${said}: after the = stands the name of a tensor, as in U.weight, U.weight.T, W[0:n], W[1/4] or b.ih+b.hh`,
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
  { written, tensor, rows, isTurned }: WrittenPart,
  tensors: ReadonlyArray<NamedShape>,
  sizes: Sizes,
): LinkPart | string => {
  const found = tensors.find(({ name }) => name === tensor);
  if (found === undefined) return `there is no tensor ${tensor}; there is ${tensors.map(shapeText).join(", ")}`;
  const [height = 1, ...others] = found.shape;
  const range = rows === undefined ? { from: 0, to: height } : rangeOf(rows, height, sizes);
  if (typeof range === "string") return `${shapeText(found)}: ${range}`;
  const across = others.reduce((a, b) => a * b, 1);
  const places = Int32Array.from({ length: (range.to - range.from) * across }, (_, i) => range.from * across + i);
  const shape = rows === undefined ? found.shape : [range.to - range.from, ...others];
  const taken = isTurned ? shape.toReversed() : shape;
  if (isTurned && shape.length !== 2) return `${shapeText(found)} is no matrix, and has no .T`;
  if (!isSameShape(taken, parameter.shape))
    return `${written} has the shape [${taken.join(", ")}], and ${shapeText(parameter)} another`;
  return { tensor, written, sign: 1, places: isTurned ? turned(places, shape) : places };
};

const rangeOf = (rows: Rows, height: number, sizes: Sizes): { readonly from: number; readonly to: number } | string => {
  if (rows.tag === "block") {
    const { block, of } = rows;
    if (block < 1 || block > of) return `block ${block} of ${of} does not exist: blocks are counted from 1`;
    if (height % of !== 0) return `its ${height} rows are no ${of} equal blocks`;
    return { from: ((block - 1) * height) / of, to: (block * height) / of };
  }
  const from = boundOf(rows.from, sizes);
  const to = boundOf(rows.to, sizes);
  if (from === undefined || to === undefined)
    return `${from === undefined ? rows.from : rows.to} is no number that I know: static parameters are ${Object.keys(sizes).join(", ") || "none"}`;
  return from < to && to <= height ? { from, to } : `it has no rows from ${from} to before ${to}`;
};

/** `8`, `n`, `2n` or `2*n`. */
const boundOf = (text: string, sizes: Sizes): number | undefined => {
  const [, factor, name] = /^(\d*)\*?(.*)$/u.exec(text)!;
  const times = factor === "" ? 1 : Number(factor);
  if (name === "") return times;
  const size = sizes[name!];
  return size === undefined ? undefined : times * size;
};
