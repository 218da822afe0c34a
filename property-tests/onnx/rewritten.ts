import fc from "fast-check";

/** An expression that may be written in many ways. */
export type Written =
  | { readonly tag: "text"; readonly text: string }
  | { readonly tag: "sum" | "product"; readonly parts: ReadonlyArray<Written> };

export const text = (of: string): Written => ({ tag: "text", text: of });
export const sum = (...parts: ReadonlyArray<Written | string>): Written => ({
  tag: "sum",
  parts: parts.map(asWritten),
});
export const product = (...parts: ReadonlyArray<Written | string>): Written => ({
  tag: "product",
  parts: parts.map(asWritten),
});

const asWritten = (part: Written | string): Written => (typeof part === "string" ? text(part) : part);

/** Any order and any brackets of a sum or a product, some terms twice negated. */
export const waysOf = (written: Written): fc.Arbitrary<string> => {
  if (written.tag === "text") return fc.constant(written.text);
  const operator = written.tag === "sum" ? "+" : "*";
  return fc
    .tuple(
      fc.tuple(...written.parts.map(waysOf)),
      fc.array(fc.nat(1000), { minLength: 24, maxLength: 24 }),
      fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
    )
    .map(([parts, choices, twice]) => {
      let left = parts.map((part, i) => (twice[i] === true && operator === "+" ? `(-(-(${part})))` : `(${part})`));
      for (let k = 0; left.length > 1; k += 2) {
        const [first] = left.splice(choices[k]! % left.length, 1);
        const [second] = left.splice(choices[k + 1]! % left.length, 1);
        left = [...left, `(${first} ${operator} ${second})`];
      }
      return left[0]!;
    });
};
