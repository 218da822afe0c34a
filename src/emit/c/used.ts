/*
 * What is printed is what is called: of the functions that every text may call, those stay that something names.
 */

/** A function of a text, or what stands between functions, which has no name. */
interface Part {
  readonly name: string | undefined;
  readonly text: string;
}

/** Of a text with functions, what stands beside them and those that it or another text names, or that one of those names. */
export const usedText = (text: string, by: string): string => {
  const parts = partsOf(text);
  const functions = parts.filter(({ name }) => name !== undefined);
  const named = new Set<string>();
  const name = (other: string): void => {
    for (const [word] of other.matchAll(/\w+/g)) {
      if (named.has(word)) continue;
      named.add(word);
      for (const part of functions) if (part.name === word) name(part.text);
    }
  };
  name(by);
  for (const part of parts) if (part.name === undefined) name(part.text);
  return parts.flatMap((part) => (part.name === undefined || named.has(part.name) ? [part.text] : [])).join("\n");
};

/** A function begins with a line that says what it is, and ends where its braces close. */
const partsOf = (text: string): ReadonlyArray<Part> => {
  const parts: Array<{ readonly name: string | undefined; readonly lines: string[] }> = [];
  let depth = 0;
  let isInside = false;
  for (const line of text.split("\n")) {
    const name: string | undefined = isInside ? undefined : nameIn(line);
    if (name !== undefined || (!isInside && (parts.length === 0 || parts.at(-1)!.name !== undefined)))
      parts.push({ name, lines: [] });
    parts.at(-1)!.lines.push(line);
    if (name === undefined && !isInside) continue;
    depth += count(line, "{") - count(line, "}");
    isInside = depth > 0 || !(isInside ? line.includes("}") : line.includes("{"));
  }
  return parts.map(({ name, lines }) => ({ name, text: lines.join("\n") }));
};

/** The name of the function that begins at a line. */
const nameIn = (line: string): string | undefined => /^RN_(?:FN|OUT|INLINE) [^(]*?(\w+)\(/.exec(line)?.[1];

const count = (line: string, brace: string): number => line.split(brace).length - 1;
