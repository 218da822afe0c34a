import { readFileSync } from "node:fs";

/**
 * The run time as one text: its files in an order in which what is evaluated at once stands after what it uses,
 * without imports, exports and doc comments. Their top-level names are distinct, which a test checks.
 */
export const runtimeText = (): string => {
  text ??= runtimeFiles
    .map((name) => plainScript(readFileSync(new URL(`./runtime/${name}.js`, import.meta.url), "utf8")))
    .join("\n");
  return text;
};

/** Read once: the files are the compiler's own and do not change while it runs. */
let text: string | undefined;

export const runtimeFiles = [
  "refusal",
  "values",
  "border",
  "elementary",
  "generator",
  "initialise",
  "frame",
  "nested",
  "observe",
  "fill",
  "noise",
  "limits",
  "required",
  "endings",
  "pack",
  "padding",
  "next-state",
  "runner",
  "leaves",
  "results",
  "frame-check",
  "evaluate",
  "stream-input",
  "stream-start",
  "stream",
  "choose",
  "given-steps",
  "generate",
  "trainer-options",
  "trainer",
  "functions",
] as const;

/** Doc comments stand on lines of their own, and so do imports. */
const plainScript = (source: string): string =>
  source
    .replace(/^[ \t]*\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n/gm, "")
    .replace(/^import [\s\S]*?;\n/gm, "")
    .replace(/^export /gm, "")
    .replace(/\/\*\* @type \{[^\n]*?\} \*\/ ?/g, "")
    .replace(/\n{2,}/g, "\n")
    .trim();
