/** `f.c` is of the cell `f`; `z.2` is of none, as it is one of a family. */
export const cellOf = (name: string): string => {
  const parts = name.split(".");
  const own = parts.findLastIndex((part) => !/^\d+$/.test(part));
  return parts.slice(0, Math.max(own, 0)).join(".");
};
