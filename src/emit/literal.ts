/**
 * Plain data as JavaScript text that evaluates to it: JSON, but for the numbers that JSON lacks, and with strings
 * that can end neither a line nor an HTML script. Names of the user's stand in strings only, never as keys.
 */
export const literal = (value: unknown): string => {
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (typeof value === "string") return stringLiteral(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value === "object" && value !== null)
    return `{ ${Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .map(([key, entry]) => `${stringLiteral(key)}: ${literal(entry)}`)
      .join(", ")} }`;
  return String(value);
};

/** A string as JavaScript text in ASCII, so that neither an encoding nor a line separator can change what it means. */
const stringLiteral = (text: string): string =>
  JSON.stringify(text)
    .replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .replace(/<(?=[!/])/g, "\\u003c");
