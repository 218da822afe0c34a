import type { Elementary } from "../../circuit/circuit.ts";
import type { BufferId, Index } from "../../loops/loops.ts";
import type { Precision } from "../../runtime/interface.ts";
import type { Hoist, Integer } from "../hoist.ts";
import type { Packing } from "../packing.ts";
import type { CChoices } from "./choices.ts";
import { type Flavour, singles, vectors } from "./flavour.ts";

/** What the loops of a block are printed with, as C. */
export interface Scope {
  readonly precision: Precision;
  readonly choices: CChoices;
  readonly hoist: Hoist;
  readonly packing: Packing;
  /** How many buffers the program has: stretches of the arena follow them. */
  readonly buffers: number;
  /** The number of the stretch with room for one panel. */
  readonly room: number;
  /** Single numbers, or vectors of neighbouring turns of the innermost loop. */
  readonly flavour: Flavour;
  /** The variable of that loop. */
  readonly across: string | undefined;
  /** How many neighbouring turns there are, where they do not fill a vector. */
  readonly part: string | undefined;
  /** The kind of each name: what varies between the turns of a vector's loop is a vector there. */
  readonly kinds: Map<string, "integer" | "real" | "vector">;
  /** What the text calls, as it is found. */
  readonly called: Calls;
}

export interface Calls {
  readonly elementary: Set<Elementary>;
  readonly powers: Set<number>;
  products: boolean;
}

export const inside = (scope: Scope, variable: string): Scope => ({
  ...scope,
  hoist: scope.hoist.inside(variable),
  kinds: new Map([...scope.kinds, [variable, "integer"]]),
});

/** The same for all turns of a vector's loop. */
export const alone = (scope: Scope): Scope => ({
  ...scope,
  flavour: singles(scope.precision),
  across: undefined,
  part: undefined,
});

export const acrossTurns = (scope: Scope, variable: string): Scope => ({
  ...inside(scope, variable),
  flavour: vectors(scope.precision),
  across: variable,
});

/** Names of loops are the compiler's own. A letter with a number is none of C's; with a letter before them others are none. */
export const integerName = (name: string): string => (isPlain(name) ? name : `i_${name}`);
export const realName = (name: string): string => (isPlain(name) ? name : `r_${name}`);
export const vectorName = (name: string): string => `v_${name}`;

const isPlain = (name: string): boolean => /^[a-z]\d+$/.test(name);

export const integerText = (integer: Integer): string => {
  switch (integer.tag) {
    case "fixed":
      return String(integer.value);
    case "dimension":
      return `d[${integer.dimension}]`;
    case "start":
      return `o[${integer.buffer}]`;
    case "name":
      return integerName(integer.name);
    case "sum":
      return `(${integer.terms.map(integerText).join(" + ")})`;
    case "product":
      return integer.factors.map(integerText).join(" * ");
  }
};

/** What stands at the head of a body. */
export const constantsText = ({ hoist }: Scope): ReadonlyArray<string> =>
  hoist
    .constants()
    .map(({ name, value }) => `${integerName(name)} = ${bareText(value)}`)
    .map((text, i, all) => `${i === 0 ? "RN_I " : ""}${text}${i === all.length - 1 ? ";" : ","}`);

/** An integer by itself, which needs nothing around it. */
const bareText = (integer: Integer): string =>
  integer.tag === "sum" ? integer.terms.map(integerText).join(" + ") : integerText(integer);

/** An element of a buffer. */
export const elementText = ({ hoist }: Scope, buffer: BufferId, index: Index): string =>
  `M[${bareText(hoist.address(buffer, index, 1))}]`;

/** Where an element stands. */
export const placeText = ({ hoist }: Scope, buffer: BufferId, index: Index): string =>
  `M + ${integerText(hoist.address(buffer, index, 1))}`;

/** Neighbours that lie together or `step` apart, read as a vector. */
export const vectorAt = ({ part }: Scope, place: string, step?: string): string =>
  `rn_${step === undefined ? "load" : "gather"}${part === undefined ? "" : "_part"}(${[place, ...(step === undefined ? [] : [step]), ...(part === undefined ? [] : [part])].join(", ")})`;

/** A vector written to such a place. */
export const vectorTo = ({ part }: Scope, place: string, value: string, step?: string): string =>
  `rn_${step === undefined ? "store" : "scatter"}${part === undefined ? "" : "_part"}(${[place, ...(step === undefined ? [] : [step]), value, ...(part === undefined ? [] : [part])].join(", ")});`;
