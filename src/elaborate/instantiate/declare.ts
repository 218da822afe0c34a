import { sameAxis, type TimeAxis } from "../../circuit/axis.ts";
import type { Statement, Variable } from "../../syntax/tree.ts";
import type { Assembly } from "../assembly.ts";
import { declaredType } from "../declared.ts";
import type { Scope, Slot, VariableEntity } from "../scope.ts";
import { type Instance, pathIn } from "./context.ts";
import type { Placed } from "./place.ts";
import { indexOf } from "./position.ts";
import { definedAxes, isBoundary, targetOf, targetsOf } from "./target.ts";

/** Makes an entity for every name that the statements define, and declares every variable with its axes and type. */
export const declareVariables = (
  placed: ReadonlyArray<Placed>,
  families: ReadonlyMap<string, ReadonlySet<number>>,
  frame: Instance,
  assembly: Assembly,
): ReadonlyMap<string, VariableEntity> => {
  const entities = variableEntities(placed, families, frame, assembly);
  for (const { statement, scope } of placed)
    for (const variable of targetsOf(statement))
      declareTarget(statement, variable, { ...scope, variables: entities }, frame, assembly);
  return entities;
};

// What is defined twice has the same path twice, which the assembly reports.
const variableEntities = (
  placed: ReadonlyArray<Placed>,
  families: ReadonlyMap<string, ReadonlySet<number>>,
  frame: Instance,
  { report }: Assembly,
): ReadonlyMap<string, VariableEntity> => {
  const entities = new Map<string, VariableEntity>();
  for (const { statement, scope } of placed)
    for (const variable of targetsOf(statement)) {
      const { text, span } = variable.name;
      const taken = scope.names.get(text);
      if (taken !== undefined) report({ tag: "definedTwice", span, name: text, first: taken.span });
      const slots = variable.indices.map((_, i): Slot => (families.get(text)?.has(i) ? "static" : "axis"));
      if (taken !== undefined || entities.has(text) || bounds(variable, slots, scope)) continue;
      entities.set(text, entityOf(statement, variable, reversedSlots(variable, slots, scope, frame), frame));
    }
  return entities;
};

/** Whether an index stands outside its axis. */
const bounds = (variable: Variable, slots: ReadonlyArray<Slot>, scope: Scope): boolean =>
  variable.indices.some((index, i) => {
    const tag = slots[i] === "static" ? undefined : indexOf(scope, index, "axis")?.tag;
    return tag === "position" || tag === "outside";
  });

const reversedSlots = (
  variable: Variable,
  slots: ReadonlyArray<Slot>,
  scope: Scope,
  frame: Instance,
): ReadonlyArray<Slot> =>
  slots.map((slot, i) => {
    const index = slot === "static" ? undefined : indexOf(scope, variable.indices[i]!, slot);
    return index?.tag === "shift" && frame.reversed.has(index.axis.key) ? "reversed" : slot;
  });

const entityOf = (
  statement: Statement,
  { name, span }: Variable,
  slots: ReadonlyArray<Slot>,
  frame: Instance,
): VariableEntity => {
  const isParameter = statement.tag === "param";
  return {
    tag: "variable",
    name: name.text,
    prefix: pathIn(isParameter ? frame.parameterPrefix : frame.statePrefix, name.text),
    kind: isParameter ? "parameter" : "variable",
    slots,
    riding: isParameter ? [] : frame.riding,
    span,
  };
};

const declareTarget = (
  statement: Statement,
  variable: Variable,
  scope: Scope,
  frame: Instance,
  assembly: Assembly,
): void => {
  const { report } = assembly;
  const entity = scope.variables.get(variable.name.text);
  if (entity === undefined) {
    if (!scope.names.has(variable.name.text))
      report({ tag: "noDefinition", span: variable.span, name: variable.name.text });
    return;
  }
  if (entity.kind === "parameter" && frame.hasParameters) return;
  if (variable.indices.length !== entity.slots.length && !bounds(variable, entity.slots, scope)) {
    report({ tag: "definedTwice", span: variable.span, name: variable.name.text, first: entity.span });
    return;
  }
  const target = targetOf(variable, entity, scope, report);
  if (target === undefined) return;
  if (isBoundary(target)) {
    if (statement.tag !== "equation") report({ tag: "unsupported", span: variable.span, what: atOnePlace(statement) });
    return;
  }
  const axes = definedAxes(target, variable, report);
  if (axes === undefined) return;
  if (statement.tag === "param" && statement.type?.tag === "symbol")
    report({ tag: "unsupported", span: statement.type.span, what: "A parameter that is a symbol" });
  const endless = entity.kind === "parameter" ? axes.find(({ extent }) => extent.tag !== "fixed") : undefined;
  if (endless !== undefined) {
    report({ tag: "endlessParameter", span: variable.span, name: variable.name.text, axis: endless.key });
    return;
  }
  const type =
    "type" in statement && statement.type !== undefined ? declaredType(scope, statement.type, report) : undefined;
  assembly.declare({
    path: target.path,
    name: variable.name.text,
    origin: frame.origin,
    axes: [...frameAxes(entity, axes), ...axes],
    ...(type === undefined ? {} : { type }),
    span: variable.span,
  });
};

/** Only an equation has a value of its own at one position. */
const atOnePlace = ({ tag }: Statement): string => `${tag === "random" ? "A `~`" : `\`${tag}\``} at one position`;

/** The axes that ride along, but for those that are written. */
const frameAxes = (entity: VariableEntity, written: ReadonlyArray<TimeAxis>): ReadonlyArray<TimeAxis> =>
  entity.riding.filter((axis) => !written.some((other) => sameAxis(axis, other)));
