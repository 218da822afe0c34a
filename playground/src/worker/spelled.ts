import type { Example } from "../../../src/runtime/interface.ts";

/** All numbers of a value, one after the other; what is missing is not a number. */
export const flatValues = (value: Example[string] | undefined): ReadonlyArray<number> => {
  if (value === null) return [Number.NaN];
  if (typeof value === "number") return [value];
  if (value === undefined || !Array.isArray(value)) return [];
  return value.flatMap(flatValues);
};

/** Values as people read them: words where symbols stand for some, which are not set apart if they are letters. */
export const spelled = (values: ReadonlyArray<number>, words: ReadonlyArray<string> | undefined): string => {
  const shown = values.map(
    (value) => words?.[value] ?? (Number.isNaN(value) ? "?" : String(Number(value.toPrecision(3)))),
  );
  const areLetters = words?.every((word) => word.length === 1 || /^<.*>$/.test(word));
  return shown.join(areLetters === true ? "" : " ");
};
