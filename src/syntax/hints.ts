import { nearest } from "./nearest.ts";
import type { Token } from "./scan.ts";

/** Where a statement stopped making sense. `place` is the token's, or past the last; `open` the brackets around it. */
export interface Slip {
  readonly tokens: ReadonlyArray<Token>;
  readonly place: number;
  readonly open: ReadonlyArray<Token>;
  /** What the message says was expected. */
  readonly expected?: string;
}

/** Advice on a common slip, if this looks like one. */
export const hintFor = (slip: Slip): string | undefined => slips.find(({ is }) => is(slip))?.hint(slip);

const foundIs =
  (...texts: ReadonlyArray<string>) =>
  (slip: Slip): boolean =>
    texts.includes(at(slip));

const at = ({ tokens, place }: Slip, by = 0): string => tokens[place + by]?.text ?? "";

const definitions = ["model", "cell", "import"];
const declarations = ["axis", "input", "param", "noise", "let", "for", "output", "minimize"];

/** What stands in braces, by the word that it begins with. */
const inBraces: Readonly<Record<string, string>> = {
  model: "model M { … }",
  cell: "cell C(x[t]) -> h[t] { … }",
  for: "for l in 1..3 { … }",
};

/** The head is whole, and what is to stand in braces follows without one. */
const lacksBrace = (slip: Slip): boolean => {
  const { tokens, place, expected = "" } = slip;
  const found = tokens[place];
  const isBody = found === undefined || found.first || declarations.includes(found.text);
  return expected.endsWith("`{`") && Object.hasOwn(inBraces, at(slip, -place)) && isBody;
};

/** As `inptu x` does: what is not a declaration, but looks like one. */
const beginsWithTwoNames = ({ tokens: [first, second], place }: Slip): boolean =>
  place === 1 && [first, second].every((token) => token?.tag === "word" && !words.has(token.text)) && !second!.first;

const meantBy = (word: string): string => {
  const other = nearest(word, [...declarations, "fixed"]);
  return other === undefined
    ? `No declaration is called \`${word}\`; there are ${[...declarations, "fixed"].map((name) => `\`${name}\``).join(", ")}.`
    : `Did you mean \`${other}\`, where it says \`${word}\`?`;
};

const slips: ReadonlyArray<{ readonly is: (slip: Slip) => boolean; readonly hint: (slip: Slip) => string }> = [
  { is: foundIs("−", "–", "—", "‐"), hint: () => "Write the minus of the keyboard: `-`." },
  { is: foundIs("·", "×", "⋅", "∗", "⊙", "∘"), hint: () => "A pointwise product is `a * b`, a matrix product `W x`." },
  { is: foundIs("≤", "≥", "≠"), hint: () => "Comparisons are `<=`, `>=`, `==` and `!=`." },
  { is: foundIs("⊤", "ᵀ"), hint: () => "A transpose is `W^T`." },
  { is: foundIs("²", "³", "⁻"), hint: () => "A power is `a^2`." },
  { is: foundIs("∑", "Σ"), hint: () => "A sum over an axis is `sum[t](e)`." },
  { is: foundIs(":="), hint: () => "Equations are written with `=`." },
  { is: foundIs("**"), hint: () => "A power is `a^2`." },
  { is: (slip) => at(slip) === "*" && at(slip, -1) === "*", hint: () => "A power is `a^2`." },
  { is: foundIs("&&", "&"), hint: () => "Conditions are joined by `and`." },
  { is: foundIs("||", "|"), hint: () => "Conditions are joined by `or`." },
  { is: foundIs("!"), hint: () => "A condition is negated by `not`." },
  { is: foundIs("#", "%"), hint: () => "A comment begins with `//`." },
  { is: (slip) => at(slip) === "*" && at(slip, -1) === "/", hint: () => "A comment begins with `//`." },
  {
    is: (slip) => at(slip) === "." && slip.place === 1,
    hint: () => "Parameters of an instance are read (`sumsq(enc.Wf)`), and defined by its cell alone.",
  },
  { is: foundIs("."), hint: () => "A number begins with a digit: `0.5`. A range is `1..T`." },
  { is: foundIs("“", "”", "„", "‘", "’", "«", "»"), hint: () => 'A file name stands in straight quotes: `"std"`.' },
  {
    is: (slip) => at(slip, -1) === "," && (slip.place >= slip.tokens.length || [")", "]", "}"].includes(at(slip))),
    hint: () => "Nothing follows this comma: leave it out.",
  },
  {
    is: (slip) => at(slip) === ":" && slip.tokens.slice(0, slip.place).some(({ text }) => text === "=" || text === "~"),
    hint: () => "A shape is stated on the left, or where a name is declared: `h[t] : R[n] = …`, `param W : R[n,m]`.",
  },
  {
    is: (slip) =>
      at(slip) === "==" &&
      slip.open.length === 0 &&
      !slip.tokens.slice(0, slip.place).some(({ text }) => ["=", "~", "minimize", "until", "if"].includes(text)),
    hint: () => "An equation is written with `=`; `==` compares.",
  },
  { is: foundIs("'"), hint: () => 'A file name stands in double quotes: `"std"`.' },
  {
    is: (slip) => at(slip) === ";" && slip.open.length === 0,
    hint: () => "A statement ends with its line; no `;` is needed.",
  },
  {
    is: (slip) => at(slip) === "," && slip.open.at(-1)?.text === "[",
    hint: () => "A concatenation is written with semicolons: `[a; b]`.",
  },
  {
    is: (slip) => at(slip) === "{" && at(slip, -1).endsWith("_"),
    hint: (slip) => `An index stands in brackets: \`${at(slip, -1).slice(0, -1)}[t-1]\`.`,
  },
  {
    is: (slip) => at(slip, -2) === "let" && at(slip) === "[",
    hint: () => "`let` names an instance of a cell; an equation needs no `let`.",
  },
  {
    is: (slip) => at(slip) === "=" && slip.tokens.slice(0, slip.place).some(({ text }) => text === "if"),
    hint: () => "A comparison is written with `==`.",
  },
  {
    is: (slip) => at(slip) === "=" && slip.tokens[slip.place - 1]?.text === "]" && slip.tokens[1]?.text === "~",
    hint: () => "A name is made of letters, digits, `_` and `'`; `~` declares a random variable.",
  },
  {
    is: (slip) =>
      at(slip) === "=" && slip.open.length === 0 && slip.tokens.slice(0, slip.place).some(({ text }) => text === "="),
    hint: () => "An equation has one `=`; a comparison is written with `==`.",
  },
  {
    is: ({ tokens: [first], place }) => place === 1 && (first?.text === "when" || first?.text === "reset"),
    hint: ({ tokens: [first] }) =>
      `\`${first!.text}\` stands on the line of the application that it says something of: \`h[t] = LSTM(n)(x[t]) ${first!.text} m[t]\`.`,
  },
  {
    is: (slip) => at(slip) === "when" && slip.tokens.slice(0, slip.place).some(({ text }) => text === "reset"),
    hint: () => "The order is `when`, `reset`, `with`.",
  },
  { is: lacksBrace, hint: (slip) => `A \`{\` is missing here: \`${inBraces[at(slip, -slip.place)]}\`.` },
  { is: beginsWithTwoNames, hint: ({ tokens }) => meantBy(tokens[0]!.text) },
  {
    is: (slip) => slip.place === 0 && nearest(at(slip), definitions) !== undefined,
    hint: (slip) => `Did you mean \`${nearest(at(slip), definitions)}\`?`,
  },
  {
    is: (slip) => slip.place === 0 && declarations.includes(at(slip)),
    hint: () => "A statement stands in a model or a cell: `model M { … }`.",
  },
  { is: foundIs("==", "!=", "<", "<=", ">", ">="), hint: () => "Comparisons do not chain: `a < b and b < c`." },
  { is: foundIs("if"), hint: () => "Put an `if` inside an expression in parentheses." },
  {
    is: (slip) => slip.tokens[slip.place]?.first === true && slip.open.length > 0,
    hint: () => "A product by juxtaposition, a call or an index stands on one line; close the bracket or use `*`.",
  },
  {
    is: (slip) => words.has(at(slip)) && slip.place > 0,
    hint: (slip) => `\`${at(slip)}\` is a word of the language; as a name, choose another.`,
  },
];

const words = new Set([
  ...definitions,
  ...declarations,
  ..."from in until with backward if then else and or not".split(" "),
]);
