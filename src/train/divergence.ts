import type { Circuit, NodeId, Output } from "../circuit/circuit.ts";
import type { Environment, Index } from "../circuit/environment.ts";
import { valuesOf } from "../circuit/evaluate.ts";
import { type Origin, originOf } from "../circuit/origin.ts";
import { spaceOf } from "../circuit/space.ts";
import type { Compiled } from "../compile.ts";
import type { Feed } from "../data/feed.ts";
import { addBatch } from "../transform/batch.ts";
import { observed } from "../transform/observed.ts";
import { resumable } from "../transform/resumable.ts";
import { stableForms } from "../transform/stable/stable-forms.ts";
import { streamAxis } from "../transform/stream.ts";
import { noiseSeed } from "./accumulate.ts";
import { environmentOf } from "./environment.ts";
import type { Settings } from "./settings.ts";
import type { Training } from "./step.ts";

/** What made a step diverge. */
export type Divergence =
  /** In this example (from 0) of the step's batches, on the way to the loss or to its gradient. */
  | { readonly tag: "origin"; readonly example: number; readonly of: "loss" | "gradient"; readonly origin: Origin }
  /** Losses and gradients are finite: the step leads out of the numbers. */
  | { readonly tag: "step" }
  /** There is too much to be evaluated by definition. */
  | { readonly tag: "large" };

/** Values by definition take their time: so many are looked at, no more. */
const mostValues = 2e7;

/** Why the step after `before` diverges, found by the reference on each of its examples. */
export const divergenceOf = (compiled: Compiled, settings: Settings, feed: Feed, before: Training): Divergence => {
  const written = writtenLoss(compiled);
  const forms = inStableForms(written);
  const gradient = gradientCircuit(compiled);
  const round = compiled.model.precision === "f32" ? Math.fround : (value: number): number => value;
  let { cursor } = before;
  let example = 0;
  let left = mostValues;
  for (let part = 0; part < (settings.accumulate ?? 1); part += 1) {
    const portion = feed(cursor);
    const batch = compiled.pack(portion.examples, noiseSeed(settings.seed, before.step + 1, part));
    const state = portion.continues && part === 0 ? (before.carried ?? undefined) : undefined;
    for (let b = 0; b < batch.size; b += 1) {
      const given = (circuit: Circuit) => environmentOf(circuit, before.params, { batch, state }, b);
      left -= [written, forms.circuit, gradient].reduce((sum, circuit) => sum + valuesIn(circuit, given(circuit)), 0);
      if (left < 0) return { tag: "large" };
      const inLoss = lossOrigin(written, forms, given, round);
      if (inLoss !== undefined) return { tag: "origin", example, of: "loss", origin: inLoss };
      const inGradient = originOf(gradient, given(gradient), round);
      if (inGradient !== undefined) return { tag: "origin", example, of: "gradient", origin: inGradient };
      example += 1;
    }
    cursor = portion.next;
  }
  return { tag: "step" };
};

/** The loss as the program is written, with its names. */
const writtenLoss = ({ elaborated }: Compiled): Circuit => {
  const batched = addBatch.run(observed(elaborated).run(elaborated.circuit));
  const axis = streamAxis(batched);
  const resumed = axis === undefined ? batched : resumable(axis).run(batched);
  return { ...resumed, outputs: resumed.outputs.filter(({ role }) => role === "loss") };
};

/** The same in the forms that are computed, which lose names: where its variables and its loss stand. */
interface Forms {
  readonly circuit: Circuit;
  readonly placed: ReadonlyMap<NodeId, NodeId>;
}

const inStableForms = (written: Circuit): Forms => {
  const named = written.nodes.flatMap(
    ({ name, axes }, node): ReadonlyArray<Output> => (name === undefined ? [] : [{ role: "output", name, node, axes }]),
  );
  const outputs = [...written.outputs, ...named];
  const circuit = stableForms.run({ ...written, outputs });
  return { circuit, placed: new Map(outputs.map(({ node }, i) => [node, circuit.outputs[i]!.node])) };
};

/** A variable that is a number in the form that is computed is none of the reasons, however it is written. */
const lossOrigin = (
  written: Circuit,
  { circuit, placed }: Forms,
  given: (circuit: Circuit) => Environment,
  round: (value: number) => number,
): Origin | undefined => {
  const environment = given(circuit);
  const valueHere = valuesOf(circuit, environment, spaceOf(environment), round);
  const isSound = (id: NodeId, index: Index): boolean => {
    const form = placed.get(id);
    return form !== undefined && Number.isFinite(valueHere(form, index));
  };
  return originOf(written, given(written), round, isSound);
};

const gradientCircuit = ({ circuits }: Compiled): Circuit => {
  const { nodes, outputs } = circuits.gradient ?? circuits.forward;
  return { nodes, outputs: outputs.filter(({ role }) => role === "gradient") };
};

const valuesIn = ({ nodes }: Circuit, environment: Environment): number => {
  const space = spaceOf(environment);
  return nodes.reduce((sum, { axes }) => sum + axes.reduce((size, axis) => size * space.longest(axis), 1), 0);
};
