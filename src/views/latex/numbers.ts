/** Numbers that have a form of their own. */
const known: ReadonlyMap<number, string> = new Map([
  [0.5, "\\tfrac{1}{2}"],
  // Of the logarithm of a normal density.
  [0.9189385332046727, "\\tfrac{1}{2} \\log 2\\pi"],
  [Math.PI, "\\pi"],
]);

export const numberText = (value: number): string => {
  const form = known.get(value);
  if (form !== undefined) return form;
  const [digits, exponent] = String(value).split("e");
  if (exponent === undefined) return digits!;
  const power = `10^{${Number(exponent)}}`;
  return digits === "1" ? power : `${digits} \\cdot ${power}`;
};
