/** What `rnnc explain` says of a code: what it means, a small program that is wrong so, and what mends it. */
export interface Page {
  readonly code: string;
  readonly title: string;
  readonly meaning: string;
  readonly wrong: string;
  /** The part of the wrong program to replace, and what by. */
  readonly fix: readonly [instead: string, write: string];
  /** What is given when compiling. */
  readonly set?: Readonly<Record<string, number>>;
  /** The inputs whose gradient is asked for. */
  readonly wrt?: ReadonlyArray<string>;
}

/** The program as it should be. */
export const fixed = ({ wrong, fix: [instead, write] }: Page): string => wrong.replace(instead, () => write);

/** A text as it is shown: of lines longer than `longest` the middle is left out. */
export const shortened = (longest: number, text: string): string =>
  text.replaceAll(/.+/g, (line) =>
    line.length <= longest ? line : `${line.slice(0, longest - 13)} … ${line.slice(-10)}`,
  );
