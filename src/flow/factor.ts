import type { NodeId } from "../circuit/circuit.ts";
import { match } from "../match.ts";

/** What bounds how much a step stretches a state, as a formula of values of the model. */
export type Factor =
  | { readonly tag: "number"; readonly value: number }
  /** The greatest singular value of a matrix. */
  | { readonly tag: "norm"; readonly node: NodeId }
  /** The greatest size of an element. */
  | { readonly tag: "greatest"; readonly node: NodeId }
  | { readonly tag: "sum"; readonly of: ReadonlyArray<Factor> }
  | { readonly tag: "product"; readonly of: ReadonlyArray<Factor> }
  /** The root of the sum of squares. */
  | { readonly tag: "root"; readonly of: ReadonlyArray<Factor> };

export interface Reading {
  readonly norm: (node: NodeId) => number;
  readonly greatest: (node: NodeId) => number;
}

export const nothing: Factor = { tag: "number", value: 0 };
export const one: Factor = { tag: "number", value: 1 };

export const sum = (...of: ReadonlyArray<Factor>): Factor =>
  combined(
    "sum",
    of.filter((each) => !isNumber(each, 0)),
  );
export const root = (...of: ReadonlyArray<Factor>): Factor =>
  combined(
    "root",
    of.filter((each) => !isNumber(each, 0)),
  );
export const product = (...of: ReadonlyArray<Factor>): Factor =>
  of.some((each) => isNumber(each, 0))
    ? nothing
    : of.every((each) => isNumber(each, 1))
      ? one
      : combined(
          "product",
          of.filter((each) => !isNumber(each, 1)),
        );

const combined = (tag: "sum" | "product" | "root", of: ReadonlyArray<Factor>): Factor =>
  of.length === 0 ? nothing : of.length === 1 ? of[0]! : { tag, of };

const isNumber = (factor: Factor, value: number): boolean => factor.tag === "number" && factor.value === value;

export const factorValue = (factor: Factor, reading: Reading): number =>
  match<Factor, number>({
    number: ({ value }) => value,
    norm: ({ node }) => reading.norm(node),
    greatest: ({ node }) => reading.greatest(node),
    sum: ({ of }) => of.reduce((total, each) => total + factorValue(each, reading), 0),
    product: ({ of }) => of.reduce((total, each) => total * factorValue(each, reading), 1),
    root: ({ of }) =>
      Math.sqrt(of.reduce((total, each) => total + factorValue(each, reading) * factorValue(each, reading), 0)),
  })(factor);

/** As it is told: `0.25 σ(W)`. */
export const written = (factor: Factor, name: (node: NodeId) => string): string =>
  match<Factor, string>({
    number: ({ value }) => String(Number(value.toPrecision(3))),
    norm: ({ node }) => `σ(${name(node)})`,
    greatest: ({ node }) => `max |${name(node)}|`,
    sum: ({ of }) => of.map((each) => written(each, name)).join(" + "),
    product: ({ of }) =>
      of.map((each) => (each.tag === "sum" ? `(${written(each, name)})` : written(each, name))).join(" "),
    root: ({ of }) => `√(${of.map((each) => `(${written(each, name)})²`).join(" + ")})`,
  })(factor);

/** The nodes whose values a formula reads. */
export const nodesOf = (factor: Factor): ReadonlyArray<NodeId> =>
  "node" in factor ? [factor.node] : "of" in factor ? factor.of.flatMap(nodesOf) : [];
