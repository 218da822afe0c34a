import { limits } from "./limits.ts";
import type { Page } from "./page.ts";
import { type SyntaxCode, syntaxCodes } from "./syntax-codes.ts";

type Told = Omit<Page, "code" | "title">;

const told: { readonly [C in SyntaxCode]: Told } = {
  RNN001: {
    meaning:
      "The text does not follow the grammar at this place. The message lists what could stand there. A statement ends with its line, unless the line ends in an operator or the next one begins with an operator.",
    wrong: `model M {
  axis t in 1..T
  input x[t]
  output a[t] = x[t] + * 2
}
`,
    fix: ["+ * 2", "* 2"],
  },
  RNN002: {
    meaning: `At most ${limits.nesting} brackets may stand inside one another, and at most ${limits.depth} operations. Name a part of the expression in an equation of its own.`,
    wrong: `model M(n = 4) {
  input x : R[n]
  output a = ${"(".repeat(limits.nesting + 1)}x${")".repeat(limits.nesting + 1)}
}
`,
    fix: [`${"(".repeat(limits.nesting + 1)}x${")".repeat(limits.nesting + 1)}`, "x"],
  },
  RNN003: {
    meaning: `A source file has at most ${limits.sourceLength} characters, and a line at most ${limits.lineLength}. Split the file, and \`import\` cells from one file into another; an operator may end a line or begin the next.`,
    wrong: `// ${"a".repeat(limits.lineLength)}
model M(n = 4) {
  input x : R[n]
  output a = tanh(x)
}
`,
    fix: ["a".repeat(limits.lineLength), "a"],
  },
  RNN004: {
    meaning: `A name has at most ${limits.nameLength} characters.`,
    wrong: `model ${"M".repeat(limits.nameLength + 1)}(n = 4) {
  input x : R[n]
  output a = tanh(x)
}
`,
    fix: ["M".repeat(limits.nameLength + 1), "M"],
  },
  RNN005: {
    meaning:
      "A `(`, `[` or `{` has no partner before its statement, or its definition, ends. The message underlines the one that was opened.",
    wrong: `model M(n = 4) {
  input x, y : R[n]
  output a = tanh(x * (y + 1)
}
`,
    fix: ["(y + 1)", "(y + 1))"],
  },
  RNN006: {
    meaning: "A `)`, `]` or `}` stands where none is open: remove it, or open it.",
    wrong: `model M(n = 4) {
  input x, y : R[n]
  output a = tanh(x) + y)
}
`,
    fix: ["tanh(x) + y", "tanh(x + y"],
  },
  RNN007: {
    meaning: "A number must be finite as a 64-bit float: the largest is about 1.8e308.",
    wrong: `model M(n = 4) {
  input x : R[n]
  output a = min(x, 1e999)
}
`,
    fix: ["1e999", "1e9"],
  },
  RNN008: {
    meaning:
      "The character has no meaning outside a comment. Names are made of letters (also Greek ones), digits, `_` and `'`; operators are those of the keyboard. Text copied from a slide often has a long minus or a raised dot.",
    wrong: `model M(n = 4) {
  input x, y : R[n]
  output a = x − y
}
`,
    fix: ["−", "-"],
  },
};

/** The pages of the syntax, in the order of their codes. */
export const syntaxPages: ReadonlyArray<Page> = (Object.keys(told) as ReadonlyArray<SyntaxCode>).map((code) => ({
  code,
  title: syntaxCodes[code].title,
  ...told[code],
}));
