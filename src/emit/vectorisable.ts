import type { For, Index, Loop, Scalar } from "../loops/loops.ts";
import { loadsIn, someIn } from "../loops/operands.ts";
import { isSafePair, strideAlong } from "./stride.ts";

type Store = Extract<Loop, { tag: "store" }>;

/**
 * Whether neighbouring turns of a loop can be taken at once: its body is straight-line code, no turn reads or writes
 * what another writes, and every index moves by one stride.
 */
export const isVectorisable = ({ variable, extent, descending, body }: For): boolean => {
  if (descending) return false;
  const varying = new Set([variable]);
  for (const loop of body) {
    if (!isStraight(loop, varying)) return false;
    if (loop.tag === "let") varying.add(loop.name);
  }
  const size = extent.tag === "size" ? extent.size : undefined;
  const stores = body.filter((loop) => loop.tag === "store");
  const loads = body.flatMap((loop) => ("value" in loop ? loadsIn(loop.value) : []));
  const accumulated = body.flatMap((loop) => (loop.tag === "accumulate" ? [loop.name] : []));
  return (
    stores.every((store, i) =>
      [...loads, ...stores.slice(i + 1)].every(
        (other) => other.buffer !== store.buffer || isSafePair(other.index, store.index, size),
      ),
    ) && !body.some((loop) => "value" in loop && accumulated.some((name) => mentions(new Set([name]), loop.value)))
  );
};

/** Whether a scalar depends on a loop's variable, or on a name: those of the body's own numbers may. */
export const variesWith = (variable: string, scalar: Scalar): boolean =>
  mentions(new Set([variable]), scalar) || hasLocal(scalar);

const isStraight = (loop: Loop, varying: ReadonlySet<string>): boolean => {
  switch (loop.tag) {
    case "let":
    case "accumulate":
      return isAcross(loop.value, varying);
    case "letInteger":
      return !mentions(varying, loop.value);
    case "store":
      return isStoredAcross(loop, varying) && isAcross(loop.value, varying);
    case "for":
    case "if":
    case "accumulator":
    case "product":
      return false;
  }
};

/** A store at one place in every turn would have to add up; that is left to single numbers. */
const isStoredAcross = ({ index }: Store, varying: ReadonlySet<string>): boolean =>
  [...varying].some((variable) => strideAlong(variable, index).tag === "by") && isKnown(index, varying);

/** Whether the numbers of neighbouring turns can be computed at once. */
const isAcross = (scalar: Scalar, varying: ReadonlySet<string>): boolean => {
  switch (scalar.tag) {
    case "number":
    case "local":
    case "size":
      return true;
    case "load":
      return isKnown(scalar.index, varying);
    case "indexValue":
      return (
        isKnown(scalar.index, varying) &&
        scalar.index.terms.every(({ variable, stride }) => !varying.has(variable) || stride.dims.length === 0)
      );
    case "length":
      return !mentions(varying, scalar);
    case "call":
      return scalar.operands.every((operand) => isAcross(operand, varying));
    case "choose": {
      const branches = [scalar.then, scalar.else];
      return (
        [scalar.condition, ...branches].every((part) => isAcross(part, varying)) &&
        (!mentions(varying, scalar.condition) && !hasLocal(scalar.condition)
          ? true
          : branches.every((branch) => loadsIn(branch).length === 0))
      );
    }
  }
};

const isKnown = (index: Index, varying: ReadonlySet<string>): boolean =>
  [...varying].every((variable) => strideAlong(variable, index).tag !== "unknown");

const mentions = (names: ReadonlySet<string>, scalar: Scalar): boolean =>
  someIn(
    scalar,
    (part) =>
      (part.tag === "local" && names.has(part.name)) ||
      ("index" in part && part.index.terms.some(({ variable }) => names.has(variable))),
  );

const hasLocal = (scalar: Scalar): boolean => someIn(scalar, ({ tag }) => tag === "local");
