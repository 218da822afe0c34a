import type { Span } from "../../syntax/span.ts";
import type { Definition } from "../../syntax/tree.ts";
import type { Home } from "../library.ts";
import type { Report } from "../problem.ts";
import { type Entity, type Scope, type StaticValue, withNames } from "../scope.ts";
import { staticValue } from "../static.ts";
import type { Callee } from "./context.ts";

/** The static parameters of a cell with their values; undefined if one is missing, which is reported. */
export const bindStatics = (
  definition: Definition,
  { statics, known }: Callee,
  span: Span,
  report: Report,
): ReadonlyArray<readonly [string, Entity]> | undefined => {
  if (definition.tag === "function") return [];
  if (statics.length > definition.statics.length) {
    const expected = `${definition.statics.length} static parameters`;
    report({ tag: "argumentCount", span, name: definition.name.text, expected, found: statics.length });
    return undefined;
  }
  return bind(definition, (_, place) => statics[place], known.home, span, report);
};

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
    if (chosen !== undefined) bound.push([text, { tag: "static", value: chosen, span: parameter.span }]);
    else if (parameter.default === undefined)
      report({ tag: "staticMissing", span, name: text, owner: definition.name.text });
    else report({ tag: "notStatic", span: parameter.default.span, expected: "The default of a static parameter" });
  });
  return bound.length === definition.statics.length ? bound : undefined;
};
