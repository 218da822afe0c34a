import { type Axis, featuresOf, hasAxis, sameAxis, unionAxes, withoutAxes } from "../../circuit/axis.ts";
import type { NodeId, Op } from "../../circuit/circuit.ts";
import { cleanFactor, isClean, realLaid } from "./clean.ts";
import { type Dims, isPadded } from "./dims.ts";
import type { Factors } from "./factors.ts";
import { permuted } from "./layout.ts";
import type { Path } from "./loops.ts";
import type { Laid, Scribe } from "./scribe.ts";
import { callOf, type Piece, pieceOf, within } from "./text.ts";

/** A sum of products as a product of matrices, or as Einstein wrote it; undefined where it is neither. */
export const productPiece = (
  s: Scribe,
  id: NodeId,
  { over }: Extract<Op, { readonly tag: "reduce" }>,
  { factors, absorbs, isStrict }: Factors,
  path: Path,
): Piece | undefined => {
  if (factors.length < 2) return undefined;
  const laid = laidFactors(s, factors, over, path);
  const all = unionAxes(...laid.map(({ dims }) => dims));
  if (!over.every((axis) => hasAxis(all, axis))) return undefined;
  if (laid.some(({ piece, dims }) => piece.isNumber === true || dims.length === 0)) return undefined;
  // Nothing but a sum of what stands at the same positions.
  if (laid.every(({ dims }) => dims.length === all.length)) return undefined;
  const result = s.dims(id, path);
  const isTame = factors.every((factor) => s.padding.isTame(factor));
  if (isStrict)
    return einsum(
      "torch.einsum",
      laid.map((each) => ({ ...each, piece: callOf(s.needs("finite"), each.piece.text) })),
      all,
      result,
    );
  if (absorbs || !isTame) return einsum(s.needs("product"), laid, all, result);
  return matrixProduct(laid, over, result) ?? einsum("torch.einsum", laid, all, result);
};

/** Zero in padding that is summed over, and finite wherever it is read. */
const laidFactors = (s: Scribe, factors: ReadonlyArray<NodeId>, over: Dims, path: Path): ReadonlyArray<Laid> => {
  const padded = over.filter(isPadded);
  const clean = factors.find((factor) => padded.length > 0 && isClean(s, factor, padded));
  return factors.map((factor) => {
    const isSafe = padded.length === 0 || factor === clean || (clean !== undefined && s.padding.isTame(factor));
    return isSafe
      ? realLaid(s, factor, path)
      : cleanFactor(
          s,
          factor,
          padded.filter((axis) => hasAxis(s.node(factor).axes, axis)),
          path,
        );
  });
};

const matrixProduct = (laid: ReadonlyArray<Laid>, over: Dims, result: Dims): Piece | undefined => {
  const [axis, ...others] = over;
  if (laid.length !== 2 || others.length > 0 || axis?.tag !== "feature") return undefined;
  return byMatrix(laid[1]!, laid[0]!, axis, result) ?? byMatrix(laid[0]!, laid[1]!, axis, result);
};

/** `x @ W.T`, where W has nothing but rows and columns and x one axis of components. */
const byMatrix = (x: Laid, matrix: Laid, axis: Axis, result: Dims): Piece | undefined => {
  if (featuresOf(matrix.dims).length !== matrix.dims.length || matrix.dims.length > 2) return undefined;
  if (featuresOf(x.dims).length !== 1 || x.dims.length === 0 || !sameAxis(x.dims.at(-1)!, axis)) return undefined;
  const [kept] = withoutAxes(matrix.dims, [axis]);
  const expected = [...withoutAxes(x.dims, [axis]), ...(kept === undefined ? [] : [kept])];
  if (expected.length !== result.length || !expected.every((each, i) => sameAxis(each, result[i]!))) return undefined;
  const turned = kept === undefined || sameAxis(matrix.dims[0]!, axis) ? matrix.piece : permuted(matrix, [axis, kept]);
  return pieceOf(`${within(x.piece, "product")} @ ${within(turned, "power")}`, "product");
};

const einsum = (name: string, laid: ReadonlyArray<Laid>, all: Dims, result: Dims): Piece => {
  const letters = lettersOf(all);
  const spelled = (dims: Dims): string => dims.map(({ key }) => letters.get(key)!).join("");
  const signature = `${laid.map(({ dims }) => spelled(dims)).join(",")}->${spelled(result)}`;
  return callOf(name, `"${signature}"`, ...laid.map(({ piece }) => piece.text));
};

/** A letter for each axis: that of its name where it has one, `b` for the batch. */
const lettersOf = (axes: Dims): ReadonlyMap<string, string> => {
  const letters = new Map<string, string>();
  const pool = [..."klmnopqrstuvwxyzacdefghijABCDEFGHIJKLMNOPQRSTUVWXYZ"];
  const taken = new Set<string>();
  for (const axis of axes) {
    const first =
      axis.tag === "time" && /^[a-z]/.test(axis.key) ? axis.key[0]! : axis.tag === "batch" ? "b" : undefined;
    const wanted =
      first !== undefined && !taken.has(first) && (first !== "b" || axis.tag === "batch") ? first : undefined;
    const letter = wanted ?? pool.find((each) => !taken.has(each) && each !== "b")!;
    taken.add(letter);
    letters.set(axis.key, letter);
  }
  return letters;
};
