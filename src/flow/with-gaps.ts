import type { InputSpec, Model } from "../circuit/model.ts";
import { givenName } from "../circuit/own-names.ts";
import type { Example, Nested } from "../runtime/interface.ts";
import { observed } from "../transform/observed.ts";
import { withCircuit } from "./moved.ts";

/** A model and an example as they can be followed. */
interface Followed {
  readonly model: Model;
  readonly example: Example;
}

type Given = Nested | null;

/**
 * Where values of targets are missing, a model that is told where they are, and counts nothing in their place; any other
 * one as it is. Zeros stand for what is missing.
 */
export const withGaps = (model: Model, example: Example): Followed => {
  const targets = model.inputs.filter(({ role, name }) => role === "target" && Object.hasOwn(example, name));
  if (!targets.some(({ name, axes }) => hasGap(example[name] as Given, axes.length))) return { model, example };
  const circuit = observed(model).run(model.circuit);
  const outputs = circuit.outputs.filter(({ role }) => role !== "weight");
  const flags = targets.map(({ name, axes }): InputSpec => ({ name: givenName(name), role: "input", axes, shape: [] }));
  const followed = withCircuit(model, { ...circuit, outputs });
  const given = targets.flatMap(({ name, axes, shape }) => {
    const value = example[name] as Given;
    const isGiven = atDepth(axes.length, (each) => (each === null ? 0 : 1));
    const whole = atDepth(axes.length, (each) => each ?? zeros(shape));
    return [[name, whole(value)] as const, [givenName(name), isGiven(value)] as const];
  });
  return {
    model: { ...followed, inputs: [...followed.inputs, ...flags] },
    example: { ...example, ...Object.fromEntries(given) },
  };
};

const hasGap = (value: Given, depth: number): boolean =>
  value === null || (depth > 0 && Array.isArray(value) && value.some((part) => hasGap(part as Given, depth - 1)));

/** What stands so deep in nested arrays changed. */
const atDepth =
  (depth: number, change: (value: Given) => Nested): ((value: Given) => Nested) =>
  (value) =>
    depth > 0 && Array.isArray(value)
      ? ((value as ReadonlyArray<Given>).map(atDepth(depth - 1, change)) as Nested)
      : change(value);

const zeros = ([size, ...inner]: ReadonlyArray<number>): Nested =>
  size === undefined ? 0 : Array.from({ length: size }, () => zeros(inner) as number);
