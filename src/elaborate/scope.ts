import type { TimeAxis } from "../circuit/axis.ts";
import type { Span } from "../syntax/span.ts";
import type { Name } from "../syntax/tree.ts";
import { callableNames, isCallable } from "./functions.ts";
import type { Home, Known } from "./library.ts";
import type { Origin } from "./system.ts";

/** What the names mean at one place of the source. */
export interface Scope {
  /** Static values, axes and their lengths. */
  readonly names: ReadonlyMap<string, Entity>;
  /** The variables of the model or cell; complete before the first equation is elaborated. */
  readonly variables: ReadonlyMap<string, VariableEntity>;
  readonly home: Home;
}

export type Entity =
  | { readonly tag: "static"; readonly value: StaticValue; readonly span: Span }
  /** In a cell that runs backward, its letter is the caller's axis counted from the end. */
  | { readonly tag: "axis"; readonly axis: TimeAxis; readonly reversed: boolean; readonly span: Span }
  | { readonly tag: "length"; readonly axis: TimeAxis; readonly reversed: boolean; readonly span: Span };

export interface VariableEntity {
  readonly tag: "variable";
  readonly name: string;
  /** The path, without the static indices of a family. */
  readonly prefix: string;
  readonly kind: "variable" | "parameter";
  readonly slots: ReadonlyArray<Slot>;
  /** Axes that come with a cell's arguments and are never written in the cell. */
  readonly riding: ReadonlyArray<TimeAxis>;
  readonly span: Span;
}

/** What stands at an index: an axis, one counted from its end, or a number known when compiling (a family). */
export type Slot = "axis" | "reversed" | "static";

/** What is known when compiling. */
export type StaticValue =
  /** A number remembers the names that stand for it. */
  | { readonly tag: "number"; readonly value: number; readonly origins?: ReadonlyArray<Origin> }
  | { readonly tag: "builtin"; readonly name: string }
  /** A function, or a cell whose static parameters are still to come. */
  | { readonly tag: "definition"; readonly known: Known }
  /** A cell with its static parameters; with a path, every application shares the parameters. */
  | {
      readonly tag: "instance";
      readonly known: Known;
      readonly statics: ReadonlyArray<StaticValue>;
      readonly named?: ReadonlyArray<NamedValue>;
      /** Where they stand. */
      readonly given?: ReadonlyArray<Span>;
      readonly path?: string;
    };

/** A static parameter given by its name. */
export interface NamedValue {
  readonly name: Name;
  readonly value: StaticValue;
}

/** A value under a name of its own. */
export const named = (value: StaticValue, name: string, span: Span): StaticValue =>
  value.tag === "number" ? { ...value, origins: [...(value.origins ?? []), { name, span }] } : value;

export const lookUp = (scope: Scope, name: string): Entity | VariableEntity | undefined => {
  const found = scope.names.get(name) ?? scope.variables.get(name);
  if (found !== undefined) return found;
  const known = scope.home.get(name);
  if (known !== undefined)
    return { tag: "static", value: { tag: "definition", known }, span: known.definition.name.span };
  return undefined;
};

/** The functions that a name without another meaning stands for. */
export const builtinNamed = (name: string): StaticValue | undefined =>
  isCallable(name) ? { tag: "builtin", name } : undefined;

export const withNames = (scope: Scope, added: Iterable<readonly [string, Entity]>): Scope => ({
  ...scope,
  names: new Map([...scope.names, ...added]),
});

/** The names that mean something at one place; places with the same names are given the same list. */
export const namesIn = ({ variables, names, home }: Scope): ReadonlyArray<string> => {
  const known = lists.get(variables);
  if (known?.names === names && known.home === home) return known.list;
  const list = [...variables.keys(), ...names.keys(), ...home.keys(), ...callableNames];
  lists.set(variables, { names, home, list });
  return list;
};

const lists = new WeakMap<
  Scope["variables"],
  { readonly names: Scope["names"]; readonly home: Home; readonly list: ReadonlyArray<string> }
>();

export const axesIn = (scope: Scope): ReadonlyArray<string> =>
  [...scope.names].flatMap(([name, entity]) => (entity.tag === "axis" ? [name] : []));
