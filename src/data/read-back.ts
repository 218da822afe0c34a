import type { Example, ModelInfo, VariableInfo } from "../runtime/interface.ts";

/** A target that is not given although the model reads it back, and that can be drawn step by step instead. */
export const lackedTarget = ({ targets, randoms, streamable }: ModelInfo, example: Example): VariableInfo | undefined =>
  targets.find(
    ({ name, indices }) =>
      !Object.hasOwn(example, name) &&
      indices.includes(`${streamable}`) &&
      randoms.some(({ target, reads = [] }) => target === name && reads.length > 0),
  );

/** The same, if nothing else tells how long it is: such an example cannot be packed. */
export const lackedLength = (model: ModelInfo, example: Example): VariableInfo | undefined => {
  const lengthsOf = (indices: ReadonlyArray<string>): ReadonlyArray<string | number> =>
    model.axes.flatMap(({ name, length }) => (indices.includes(name) ? [length] : []));
  const given = [...model.inputs, ...model.targets].filter(({ name }) => Object.hasOwn(example, name));
  const known = given.flatMap(({ indices }) => lengthsOf(indices));
  const lacked = lackedTarget(model, example);
  const isUnknown = (length: string | number): boolean =>
    typeof length === "string" && !known.includes(length) && !Object.hasOwn(example, length);
  return lacked !== undefined && lengthsOf(lacked.indices).some(isUnknown) ? lacked : undefined;
};

/** What of it was expected. */
export const readBackExpected = "its values, which the model reads back";
