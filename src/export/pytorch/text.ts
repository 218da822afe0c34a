/** A Python expression, and how tightly it binds. */
export interface Piece {
  readonly text: string;
  readonly level: Level;
  /** Whether it is a number of Python's and no tensor. */
  readonly isNumber?: true;
}

/** `choice`: a conditional expression. */
export const levels = { choice: 0, compare: 1, or: 2, and: 3, sum: 4, product: 5, sign: 6, power: 7, atom: 8 } as const;
export type Level = (typeof levels)[keyof typeof levels];

export const atom = (text: string): Piece => ({ text, level: levels.atom });
export const pieceOf = (text: string, level: keyof typeof levels): Piece => ({ text, level: levels[level] });

/** In brackets where it binds less than it must. */
export const within = ({ text, level }: Piece, least: keyof typeof levels): string =>
  level < levels[least] ? `(${text})` : text;

export const callOf = (name: string, ...given: ReadonlyArray<string>): Piece => atom(`${name}(${given.join(", ")})`);

export const methodOf = (piece: Piece, name: string, ...given: ReadonlyArray<string>): Piece =>
  atom(`${within(piece, "atom")}.${name}(${given.join(", ")})`);

/** A number as Python has it. */
export const pythonNumber = (value: number): string => {
  if (Number.isNaN(value)) return 'float("nan")';
  if (!Number.isFinite(value)) return value > 0 ? 'float("inf")' : '-float("inf")';
  if (Object.is(value, -0)) return "-0.0";
  return Number.isSafeInteger(value) && Math.abs(value) < 2 ** 31 ? String(value) : decimal(value);
};

/** `1e21` is a number of Python's as it stands. */
const decimal = (value: number): string => {
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
};

/** A text as a Python string: nothing in it ends it, and every sign is ASCII. */
export const pythonString = (text: string): string =>
  `"${Array.from(text, (sign) => {
    const code = sign.codePointAt(0)!;
    if (sign === '"' || sign === "\\") return `\\${sign}`;
    if (code >= 32 && code < 127) return sign;
    return code < 0x10000 ? `\\u${code.toString(16).padStart(4, "0")}` : `\\U${code.toString(16).padStart(8, "0")}`;
  }).join("")}"`;

/** A text in a comment: one line, in which every sign is seen as it is. */
export const commentText = (text: string): string =>
  Array.from(text.replaceAll(/\s+/g, " ").trim(), (sign) =>
    /[\p{L}\p{N}\p{P}\p{S} ]/u.test(sign) ? sign : `\\u${sign.codePointAt(0)!.toString(16).padStart(4, "0")}`,
  ).join("");

export const indented = (lines: ReadonlyArray<string>, by = 1): ReadonlyArray<string> =>
  lines.map((line) => (line === "" ? "" : `${"    ".repeat(by)}${line}`));

/** (a, b), and of one (a,). */
export const tupleText = (items: ReadonlyArray<string>): string =>
  items.length === 1 ? `(${items[0]},)` : `(${items.join(", ")})`;
