import { nodeAt } from "../../circuit/node-at.ts";
import type { Variable, Variables } from "../diagram/variables.ts";
import { referencesIn } from "../equations/references.ts";

/** The equations of one step: those of a cell, or of the model itself, at one position of an axis. */
export interface Scope {
  readonly cell: string;
  readonly axis: string;
  /** By name; each has an equation. */
  readonly inside: ReadonlyMap<string, Variable>;
  /** By name: what a delay along the axis carries. */
  readonly states: ReadonlySet<string>;
}

/** Every cell that has states of its own, once for each axis along which it has some. */
export const scopesOf = (variables: Variables): ReadonlyArray<Scope> => {
  const carried = variables.delays.flatMap((id) => {
    const { op, inputs } = nodeAt(variables.circuit, id);
    const source = variables.of.get(inputs[1]!);
    return op.tag === "delay" && source?.expression !== undefined ? [{ axis: op.axis.key, source }] : [];
  });
  const homes = new Set(carried.map(({ source }) => source.cell));
  const keys = new Set(carried.map(({ axis, source }) => JSON.stringify([source.cell, axis])));
  return [...keys].map((key): Scope => {
    const [cell, axis] = JSON.parse(key) as readonly [string, string];
    const states = carried
      .filter((each) => each.axis === axis && each.source.cell === cell)
      .map(({ source }) => source);
    return {
      cell,
      axis,
      states: new Set(states.map(({ name }) => name)),
      inside: insideOf(variables, homes, cell, axis, states),
    };
  });
};

/** What is computed at each position on the way to the states, or from them over no further axes. What has no name is where it is read. */
const insideOf = (
  variables: Variables,
  homes: ReadonlySet<string>,
  cell: string,
  axis: string,
  states: ReadonlyArray<Variable>,
): ReadonlyMap<string, Variable> => {
  const axesOf = ({ node }: Variable): ReadonlyArray<string> =>
    nodeAt(variables.circuit, node).axes.flatMap(({ tag, key }) => (tag === "time" ? [key] : []));
  const constants = constantsOf(variables);
  const all = [...variables.of.values()].filter(
    (variable) =>
      variable.expression !== undefined &&
      (homeOf(variable.cell, homes) === cell || variables.circuit.nodes[variable.node]!.name === undefined) &&
      axesOf(variable).includes(axis) &&
      !constants.has(variable.name),
  );
  const known = new Map(all.map((variable) => [variable.name, variable]));
  const reads = (name: string): ReadonlyArray<string> => namesRead(known.get(name)!).filter((read) => known.has(read));
  const before = closure(
    states.map(({ name }) => name),
    reads,
  );
  const sides = states.map((state) => new Set(axesOf(state)));
  const isBeside = (variable: Variable): boolean =>
    sides.some((own) => axesOf(variable).every((each) => own.has(each)));
  const readers = (name: string): ReadonlyArray<string> =>
    all.flatMap((other) => (isBeside(other) && reads(other.name).includes(name) ? [other.name] : []));
  const after = closure(
    [...before].filter((name) => isBeside(known.get(name)!)),
    readers,
  );
  const within = closure([...before, ...after], reads);
  return new Map(all.flatMap((variable) => (within.has(variable.name) ? [[variable.name, variable] as const] : [])));
};

/** The innermost cell around that has states; the model itself where there is none. */
const homeOf = (cell: string, homes: ReadonlySet<string>): string => {
  if (homes.has(cell) || cell === "") return cell;
  return homeOf(cell.slice(0, Math.max(0, cell.lastIndexOf("."))), homes);
};

/** Parameters, and what is made of them alone: the same at every step. */
export const constantsOf = ({ of }: Variables): ReadonlySet<string> => {
  const byName = new Map([...of.values()].map((variable) => [variable.name, variable]));
  const known = new Map<string, boolean>();
  const isConstant = (name: string): boolean => {
    const variable = byName.get(name);
    const found = known.get(name);
    if (variable === undefined || found !== undefined) return found ?? true;
    known.set(name, false);
    const constant =
      variable.kind === "parameter" || (variable.expression !== undefined && namesRead(variable).every(isConstant));
    known.set(name, constant);
    return constant;
  };
  return new Set([...byName.keys()].filter(isConstant));
};

const namesRead = ({ expression }: Variable): ReadonlyArray<string> =>
  expression === undefined ? [] : referencesIn(expression).map(({ name }) => name);

const closure = (starts: ReadonlyArray<string>, next: (name: string) => ReadonlyArray<string>): ReadonlySet<string> => {
  const found = new Set(starts);
  for (const name of found) for (const other of next(name)) found.add(other);
  return found;
};
