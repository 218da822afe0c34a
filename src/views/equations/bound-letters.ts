import type { Circuit, NodeId } from "../../circuit/circuit.ts";
import type { Expression } from "../../syntax/tree.ts";
import type { Equation, Once } from "./read-once.ts";
import { referencesIn } from "./references.ts";
import type { Value } from "./value.ts";

/** What stands for an axis where something is summed over it within an equation at a position of it, by what stands for that. */
export type Letters = ReadonlyMap<string, string>;

/** Equations with the letters that their axes have. */
export interface Lettered extends Once {
  readonly circuit: Circuit;
  readonly names: ReadonlyMap<NodeId, string>;
}

/**
 * The equations as they are on paper: what is bound by a sum, a mean or a maximum has another letter than the indices of its
 * equation, and than what is bound around it. `softmax[j](e[j])` is at every j: its letter is that of its equation.
 */
export const withBoundLetters = (system: Lettered): Lettered & { readonly letters: Letters } => {
  const taken = takenBy(system);
  const letters = new Map<string, string>();
  const letterFor = (bound: string, free: ReadonlySet<string>): string => {
    // What is bound within what is bound may have a letter already.
    const axis = letters.get(bound) ?? bound;
    const known = [...letters].find(([letter, of]) => of === axis && !free.has(letter))?.[0];
    const letter = known ?? candidates(axis).find((each) => !taken.has(each) && !free.has(each))!;
    letters.set(letter, axis);
    taken.add(letter);
    return letter;
  };
  const inValue = (value: Value, free: ReadonlySet<string>): Value => ({
    ...value,
    expression: apart(value.expression, free, letterFor),
  });
  const inEquation = <E extends Equation>(equation: E): E => ({
    ...equation,
    value: inValue(equation.value, new Set(equation.indices.flatMap(referencesIn).map(({ name }) => name))),
  });
  const { equations, boundaries, bases, shown, indicesOf } = system;
  return {
    ...system,
    equations: equations.map(inEquation),
    boundaries: boundaries.map(inEquation),
    bases: bases.map(inEquation),
    shown: new Map(
      [...shown].map(([node, value]) => [node, inValue(value, new Set(indicesOf(node).map(({ key }) => key)))]),
    ),
    letters,
  };
};

/** Every name that stands in the equations, and its last part, as which it is known in its cell. */
const takenBy = ({ names, equations, boundaries, bases, shown, circuit }: Lettered): Set<string> => {
  const expressions = [
    ...[...equations, ...boundaries, ...bases].flatMap(({ indices, value }) => [...indices, value.expression]),
    ...[...shown.values()].map(({ expression }) => expression),
  ];
  const all = [
    ...names.values(),
    ...circuit.nodes.flatMap(({ axes }) => axes.map(({ key }) => key)),
    ...expressions.flatMap(referencesIn).map(({ name }) => name),
  ];
  return new Set(all.flatMap((name) => [name, name.replace(/^∂+/, "").split(".").at(-1)!]));
};

/** The letters of indices that come after it, for times those before it; where none is left, or for a word, it gets primes. */
const candidates = (axis: string): ReadonlyArray<string> => {
  const places = "ijklmnpq";
  const times = "srqp";
  const alike = places.includes(axis) ? [...`${places.slice(places.indexOf(axis) + 1)}${places}`] : [...times];
  const letters = axis.length === 1 ? alike : [];
  return [...letters, ...Array.from({ length: mostPrimes }, (_, i) => `${axis}${"'".repeat(i + 1)}`)];
};

/** Sums are not nested deeper. */
const mostPrimes = 50;

type LetterFor = (axis: string, free: ReadonlySet<string>) => string;

/** The same with other letters for what is bound in it, where a letter stands for something else there already. */
const apart = (expression: Expression, free: ReadonlySet<string>, letterFor: LetterFor): Expression => {
  const inside = <Part>(part: Part, here: ReadonlySet<string>): Part => {
    if (Array.isArray(part)) return part.map((each) => inside(each, here)) as Part;
    if (typeof part !== "object" || part === null) return part;
    const axes = boundBy(part as unknown as Expression);
    const renamed = axes.filter((axis) => here.has(axis)).map((axis) => [axis, letterFor(axis, here)] as const);
    const other = renamed.reduce((soFar, [from, to]) => withName(soFar, from, to), part);
    const within = new Set([...here, ...axes, ...renamed.map(([, to]) => to)]);
    return Object.fromEntries(
      Object.entries(other as object).map(([key, each]) => [key, inside(each, axes.length === 0 ? here : within)]),
    ) as Part;
  };
  return inside(expression, free);
};

/** The axes that a sum, a mean or a maximum goes over. */
const boundBy = ({ tag, ...rest }: Expression): ReadonlyArray<string> => {
  const target = tag === "apply" ? (rest as Extract<Expression, { readonly tag: "apply" }>).target : undefined;
  if (target?.tag !== "index" || target.target.tag !== "name" || target.target.text === "softmax") return [];
  return target.indices.flatMap((index) => (index.tag === "name" ? [index.text] : []));
};

const withName = <Part>(part: Part, from: string, to: string): Part => {
  if (Array.isArray(part)) return part.map((each) => withName(each, from, to)) as Part;
  if (typeof part !== "object" || part === null) return part;
  const { tag, text } = part as { readonly tag?: string; readonly text?: string };
  if (tag === "name" && text === from) return { ...part, text: to };
  return Object.fromEntries(Object.entries(part).map(([key, each]) => [key, withName(each, from, to)])) as Part;
};
