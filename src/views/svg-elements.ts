/** An element of a picture as text. */
export const element = (
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  children: ReadonlyArray<string> = [],
): string => {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${shortened(value)}"`);
  const start = `<${name}${written.join("")}`;
  return children.length === 0 ? `${start}/>` : `${start}>${children.join("")}</${name}>`;
};

export const label = (
  text: string,
  x: number,
  y: number,
  attributes: Readonly<Record<string, string | number>> = {},
): string => element("text", { x, y, ...attributes }, [escaped(text)]);

export const line = (
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  attributes: Readonly<Record<string, string | number>>,
) => element("line", { x1, y1, x2, y2, ...attributes });

const shortened = (value: string | number): string =>
  typeof value === "number" ? String(Number(value.toFixed(1))) : escaped(value);

export const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** How wide a text is, about, at the size of the labels of charts. */
export const textWidth = (text: string): number => 6.8 * [...text].length + 6;
