import type { Span } from "../../syntax/span.ts";
import type { Definition, Expression, StaticParameter } from "../../syntax/tree.ts";
import type { Home } from "../library.ts";
import type { Report } from "../problem.ts";
import { type Entity, named, type Scope, type StaticValue, withNames } from "../scope.ts";
import { staticValue } from "../static.ts";
import type { Callee } from "./context.ts";

/** The static parameters of a cell with their values; undefined if one is missing, which is reported. */
export const bindStatics = (
  definition: Definition,
  { statics, known, named = [], given = [] }: Callee,
  span: Span,
  report: Report,
): ReadonlyArray<readonly [string, Entity]> | undefined => {
  if (definition.tag === "function") return [];
  if (statics.length > definition.statics.length) {
    const expected = `${definition.statics.length} static parameters`;
    report({ tag: "argumentCount", span, name: definition.name.text, expected, found: statics.length });
    return undefined;
  }
  const places = new Map(definition.statics.map(({ name }, place) => [name.text, place]));
  const first = new Map(
    definition.statics.slice(0, statics.length).map(({ name }, i) => [name.text, given[i] ?? span]),
  );
  for (const { name } of named) {
    const { text } = name;
    const earlier = first.get(text);
    if (!places.has(text))
      report({
        tag: "staticUnknown",
        span: name.span,
        name: text,
        known: [...places.keys()],
        owner: definition.name.text,
      });
    else if (earlier !== undefined) report({ tag: "definedTwice", span: name.span, name: text, first: earlier });
    else first.set(text, name.span);
  }
  const fits = definition.statics.map((parameter, place) => {
    const byName = named.find(({ name }) => name.text === parameter.name.text);
    const value = statics[place] ?? byName?.value;
    return kindFits(definition, parameter, value, known.home, given[place] ?? byName?.name.span ?? span, report);
  });
  if (!fits.every((fit) => fit) || named.some(({ name }) => !places.has(name.text))) return undefined;
  const chosen = (name: string, place: number): StaticValue | undefined =>
    statics[place] ?? named.find((each) => each.name.text === name)?.value;
  return bind(definition, chosen, known.home, span, report);
};

/** A number stands where the default is a number, a function or a cell where it is one. */
const kindFits = (
  { name: owner, statics }: Exclude<Definition, { readonly tag: "function" }>,
  { name, default: usual }: StaticParameter,
  value: StaticValue | undefined,
  home: Home,
  span: Span,
  report: Report,
): boolean => {
  const kind = (expression: Expression | undefined): boolean | undefined => wantsNumberAs(expression, home);
  const wantsNumber = kind(usual);
  if (value === undefined || wantsNumber === undefined || wantsNumber === isNumber(value)) return true;
  const others = statics.flatMap((other) => (kind(other.default) === isNumber(value) ? [other.name.text] : []));
  report({ tag: "staticKind", span, name: name.text, owner: owner.text, wantsNumber, others });
  return false;
};

/** Whether a static parameter with this default is a number; undefined where that cannot be told. */
export const wantsNumberAs = (usual: Expression | undefined, home: Home): boolean | undefined =>
  usual === undefined ? undefined : isNumber(staticValue({ names: new Map(), variables: new Map(), home }, usual));

const isNumber = (value: StaticValue | undefined): boolean | undefined =>
  value === undefined ? undefined : value.tag === "number";

/** Values by place or by name; what has none takes its default, in which the ones before it may stand. */
export const bind = (
  definition: Exclude<Definition, { readonly tag: "function" }>,
  given: (name: string, place: number) => StaticValue | undefined,
  home: Home,
  span: Span,
  report: Report,
): ReadonlyArray<readonly [string, Entity]> | undefined => {
  const empty: Scope = { names: new Map(), variables: new Map(), home };
  const bound: Array<readonly [string, Entity]> = [];
  definition.statics.forEach((parameter, place) => {
    const { text } = parameter.name;
    const chosen =
      given(text, place) ??
      (parameter.default === undefined ? undefined : staticValue(withNames(empty, bound), parameter.default));
    if (chosen !== undefined)
      bound.push([text, { tag: "static", value: named(chosen, text, parameter.span), span: parameter.span }]);
    else if (parameter.default === undefined)
      report({ tag: "staticMissing", span, name: text, owner: definition.name.text });
    else report({ tag: "notStatic", span: parameter.default.span, expected: "The default of a static parameter" });
  });
  return bound.length === definition.statics.length ? bound : undefined;
};
