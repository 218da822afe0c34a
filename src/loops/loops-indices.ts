import type { BufferId, Count, Index, Loop, Scalar, View } from "./loops.ts";

/** A loop with one integer variable in the place of another. */
export const withVariable = (old: string, variable: string): ((loop: Loop) => Loop) => {
  const renamed = ({ terms, constant }: Index): Index => ({
    terms: terms.map((term) => (term.variable === old ? { ...term, variable } : term)),
    constant,
  });
  return withIndices((_, index) => renamed(index), renamed);
};

/** A loop with every place in a buffer replaced by another one, and every other integer too. */
export const withIndices = (
  change: (buffer: BufferId, index: Index) => Index,
  integer: (index: Index) => Index = (index) => index,
): ((loop: Loop) => Loop) => {
  const count = (extent: Count): Count =>
    extent.tag === "size" ? extent : { ...extent, index: integer(extent.index) };
  const view = ({ buffer, index }: View): View => ({ buffer, index: change(buffer, index) });
  const scalar = (value: Scalar): Scalar => {
    switch (value.tag) {
      case "load":
        return { ...value, ...view(value) };
      case "call":
        return { ...value, operands: value.operands.map(scalar) };
      case "choose":
        return {
          ...value,
          condition: scalar(value.condition),
          then: scalar(value.then),
          else: scalar(value.else),
        };
      case "indexValue":
      case "length":
        return { ...value, index: integer(value.index) };
      case "number":
      case "local":
      case "size":
        return value;
    }
  };
  const changed = (loop: Loop): Loop => {
    switch (loop.tag) {
      case "for":
        return { ...loop, extent: count(loop.extent), body: loop.body.map(changed) };
      case "if":
        return {
          ...loop,
          condition: scalar(loop.condition),
          then: loop.then.map(changed),
          else: loop.else.map(changed),
        };
      case "let":
      case "letInteger":
      case "accumulate":
        return { ...loop, value: scalar(loop.value) };
      case "accumulator":
        return loop;
      case "store":
        return { ...loop, ...view(loop), value: scalar(loop.value) };
      case "product":
        return { ...loop, left: view(loop.left), right: view(loop.right), result: view(loop.result) };
    }
  };
  return changed;
};
