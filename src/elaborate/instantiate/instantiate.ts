import { printExpression } from "../../syntax/print-expression.ts";
import type { Definition, StaticParameter } from "../../syntax/tree.ts";
import { newAssembly } from "../assembly.ts";
import { callableNames } from "../functions.ts";
import type { Home } from "../library.ts";
import type { Problem, Report } from "../problem.ts";
import { builtinNamed, type Scope, type StaticValue, withNames } from "../scope.ts";
import type { System } from "../system.ts";
import { declareAxes } from "./axis.ts";
import { elaborateBody } from "./body.ts";
import { applyCell } from "./cell.ts";
import type { Instance } from "./context.ts";
import { bind, wantsNumberAs } from "./statics.ts";
import { declareEndings } from "./until.ts";

type ModelDefinition = Extract<Definition, { readonly tag: "model" }>;

/** Writes out a model with its static parameters: names resolved, families and cells expanded. */
export const instantiate = (
  model: ModelDefinition,
  statics: Readonly<Record<string, number | string>>,
  home: Home,
): { readonly system: System; readonly problems: ReadonlyArray<Problem> } => {
  const assembly = newAssembly();
  const { report } = assembly;
  const known = model.statics.map(({ name }) => name.text);
  for (const name of Object.keys(statics))
    if (!known.includes(name)) report({ tag: "staticUnknown", span: model.name.span, name, known });
  const fit = model.statics.map((parameter) => isGivenRight(model, parameter, statics, home, report));
  const bound = fit.every((isRight) => isRight)
    ? bind(model, (name) => chosen(statics, name, home), home, model.name.span, report)
    : undefined;
  if (bound !== undefined) {
    const empty: Scope = { names: new Map(), variables: new Map(), home };
    const scope = declareAxes(model.body, withNames(empty, bound), assembly);
    const inside = elaborateBody(model.body, scope, outermost, assembly, applyCell);
    declareEndings(model.body, inside, assembly);
  }
  const system = assembly.finish(model.name.text, model.name.span);
  return { system, problems: assembly.problems() };
};

/** A name that stands for nothing must not fall back on the default, and a number is no function. */
const isGivenRight = (
  { name: owner }: ModelDefinition,
  { name: { text }, span, default: usual }: StaticParameter,
  statics: Readonly<Record<string, number | string>>,
  home: Home,
  report: Report,
): boolean => {
  const given = Object.hasOwn(statics, text) ? statics[text] : undefined;
  if (given === undefined) return true;
  const value = chosen(statics, text, home);
  const wantsNumber = wantsNumberAs(usual, home);
  const isOther = value === undefined ? wantsNumber === true : wantsNumber === (value.tag !== "number");
  if (usual !== undefined && wantsNumber !== undefined && isOther)
    report({
      tag: "staticKind",
      span,
      name: text,
      owner: owner.text,
      wantsNumber,
      others: [],
      given: { value: String(given), usual: printExpression(usual) },
    });
  else if (value === undefined)
    report({
      tag: "unknownName",
      span,
      name: String(given),
      known: [...home.keys(), ...callableNames],
      setTo: { parameter: text, usual: usual && printExpression(usual) },
    });
  else return true;
  return false;
};

const outermost: Instance = {
  origin: "user",
  statePrefix: "",
  parameterPrefix: "",
  hasParameters: false,
  riding: [],
  reversed: new Set(),
  within: [],
};

/** A value given when compiling: a number, or the name of a cell or function. */
const chosen = (
  statics: Readonly<Record<string, number | string>>,
  name: string,
  home: Home,
): StaticValue | undefined => {
  const value = Object.hasOwn(statics, name) ? statics[name] : undefined;
  if (value === undefined) return undefined;
  if (typeof value === "number") return { tag: "number", value };
  const number = Number(value);
  if (value.trim() !== "" && Number.isFinite(number)) return { tag: "number", value: number };
  const definition = home.get(value);
  return definition === undefined ? builtinNamed(value) : { tag: "definition", known: definition };
};
