import { sameAxis } from "../circuit/axis.ts";
import type { LinearForm } from "../circuit/model.ts";
import type { Term } from "./system.ts";

/** A position that stands in the data, and so many on. */
export interface GivenPlace {
  readonly path: string;
  readonly by: number;
}

/** The linear form that a term is, if it is one. */
export const linearForm = (term: Term): LinearForm | undefined => {
  const form = formOf(term);
  if (form === undefined) return undefined;
  const all = [form.constant, ...form.terms.map(({ times }) => times)];
  return all.every(Number.isSafeInteger) ? form : undefined;
};

const formOf = (term: Term): LinearForm | undefined => {
  switch (term.tag) {
    case "number":
      return { constant: term.value, terms: [] };
    case "length":
      return { constant: 0, terms: [{ of: "length", axis: term.axis, times: 1 }] };
    case "position": {
      const { axis, reversed } = term;
      const position = { of: "position", axis, times: reversed ? -1 : 1 } as const;
      return reversed
        ? { constant: 1, terms: [{ of: "length", axis, times: 1 }, position] }
        : { constant: 0, terms: [position] };
    }
    case "product":
      return multiplied(formOf(term.left), formOf(term.right));
    case "call": {
      const [left, right] = term.operands.map(formOf);
      if (term.fn === "neg") return scaled(left, -1);
      if (term.fn === "add") return plus(left, right);
      if (term.fn === "sub") return plus(left, scaled(right, -1));
      return term.fn === "mul" ? multiplied(left, right) : undefined;
    }
    default:
      return undefined;
  }
};

const plus = (left: LinearForm | undefined, right: LinearForm | undefined): LinearForm | undefined =>
  left === undefined || right === undefined
    ? undefined
    : { constant: left.constant + right.constant, terms: right.terms.reduce(withTerm, left.terms) };

/** Like terms are one: how far `2*i - i` reaches is told by their sum. */
const withTerm = (terms: LinearForm["terms"], added: LinearForm["terms"][number]): LinearForm["terms"] => {
  const isLike = ({ of, axis }: LinearForm["terms"][number]): boolean => of === added.of && sameAxis(axis, added.axis);
  return terms.some(isLike)
    ? terms.map((term) => (isLike(term) ? { ...term, times: term.times + added.times } : term))
    : [...terms, added];
};

const scaled = (form: LinearForm | undefined, by: number): LinearForm | undefined =>
  form === undefined
    ? undefined
    : { constant: form.constant * by, terms: form.terms.map((term) => ({ ...term, times: term.times * by })) };

/** One of the two is a number. */
const multiplied = (left: LinearForm | undefined, right: LinearForm | undefined): LinearForm | undefined => {
  if (left?.terms.length === 0) return scaled(right, left.constant);
  return right?.terms.length === 0 ? scaled(left, right.constant) : undefined;
};

/** The position from the data that a term is, with a number added, if it is one. */
export const givenPlace = (term: Term): GivenPlace | undefined => {
  if (term.tag === "read") return { path: term.path, by: 0 };
  if (term.tag !== "call" || (term.fn !== "add" && term.fn !== "sub")) return undefined;
  const [left, right] = term.operands;
  if (left === undefined || right === undefined) return undefined;
  if (right.tag === "number") return moved(givenPlace(left), term.fn === "add" ? right.value : -right.value);
  return left.tag === "number" && term.fn === "add" ? moved(givenPlace(right), left.value) : undefined;
};

const moved = (place: GivenPlace | undefined, by: number): GivenPlace | undefined =>
  place === undefined || !Number.isSafeInteger(by) ? undefined : { ...place, by: place.by + by };

/** Whether a term may say where a variable is read. */
export const isPlaceable = (term: Term): boolean => linearForm(term) !== undefined || givenPlace(term) !== undefined;
