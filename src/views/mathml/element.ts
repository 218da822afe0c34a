/** An element of MathML: its name, attributes, and either what stands in it or its text. */
export interface MathElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly inside: string | ReadonlyArray<MathElement>;
}

export const math = (
  name: string,
  inside: MathElement["inside"],
  attributes: MathElement["attributes"] = {},
): MathElement => ({ name, inside, attributes });

/** One element for several, or the only one. */
export const row = (items: ReadonlyArray<MathElement>): MathElement =>
  items.length === 1 ? items[0]! : math("mrow", items);

/** An equation in two parts, which are aligned where they meet. */
export interface AlignedLine {
  readonly left: MathElement;
  readonly right: MathElement;
}
