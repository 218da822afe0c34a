import type { Coding } from "./coding.ts";
import type { DeclaredVariable } from "./declared.ts";
import { ownOf } from "./own.ts";

/** Of which fields a variable is made: by default the one of its name. */
export const fieldsOf = ({ fields }: Pick<Coding, "fields">, name: string): ReadonlyArray<string> =>
  ownOf(fields, name) ?? [name];

/** Whether a target stands at the positions of an input, and not at positions of its own. */
export const sharesAxis = (declared: ReadonlyArray<DeclaredVariable>, { axes }: DeclaredVariable): boolean =>
  declared.some((other) => other.role === "input" && other.axes.length > 0 && other.axes[0] === axes[0]);
