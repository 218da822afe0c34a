import type { CContents } from "./contents.ts";
import type { Copies } from "./copies.ts";
import { type CFunction, functionsOf } from "./declarations.ts";
import type { Names } from "./names.ts";

/** What the bodies of functions are printed with. */
export interface Printing {
  readonly contents: CContents;
  readonly names: Names;
  readonly copies: Copies;
}

const functionNamed = ({ contents, names }: Printing, name: string): CFunction =>
  functionsOf(contents, names).find((each) => each.name === name)!;

/** A function of a module: its head, and a body. */
export const definitionText = (printing: Printing, name: string, body: ReadonlyArray<string>): string =>
  [`${functionNamed(printing, name).head} {`, ...body, "}"].join("\n");
