import type { MathElement } from "../../../src/views/mathml/element.ts";

const space = "http://www.w3.org/1998/Math/MathML";

/** MathML as a part of the page. */
const mathNode = ({ name, attributes, inside }: MathElement): Element => {
  const made = document.createElementNS(space, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (typeof inside === "string") made.textContent = inside;
  else made.append(...inside.map(mathNode));
  return made;
};

export const mathLine = (inside: MathElement): Element =>
  mathNode({ name: "math", attributes: { displaystyle: "true" }, inside: [inside] });
