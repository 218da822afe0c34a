import type { Circuit, NodeId, Output } from "../circuit/circuit.ts";
import type { Environment, Index } from "../circuit/environment.ts";
import { valuesOf } from "../circuit/evaluate.ts";
import { type Origin, originOf } from "../circuit/origin.ts";
import { spaceOf } from "../circuit/space.ts";
import type { Compiled } from "../compile.ts";
import type { Feed } from "../data/feed.ts";
import type { Batch, State } from "../runtime/interface.ts";
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
const mostValues = 5e7;

/** Why the step after `before` diverges, found by the reference on each of its examples. */
export const divergenceOf = (compiled: Compiled, settings: Settings, feed: Feed, before: Training): Divergence => {
  const round = compiled.model.precision === "f32" ? Math.fround : (value: number): number => value;
  const each = examplesOf(compiled, settings, feed, before);
  let left = mostValues;
  const first = (
    of: "loss" | "gradient",
    suspects: ReadonlyArray<StepExample>,
    circuits: ReadonlyArray<Circuit>,
    find: (given: Given) => Origin | undefined,
  ): Divergence | undefined => {
    for (const { example, batch, state, place } of suspects) {
      const given: Given = (circuit) => environmentOf(circuit, before.params, { batch, state }, place);
      left -= circuits.reduce((sum, circuit) => sum + valuesIn(circuit, given(circuit)), 0);
      if (left < 0) return { tag: "large" };
      const origin = find(given);
      if (origin !== undefined) return { tag: "origin", example, of, origin };
    }
    return undefined;
  };
  const written = writtenLoss(compiled);
  const forms = inStableForms(written);
  const gradient = gradientCircuit(compiled);
  const suspects = each.filter(({ isSuspect }) => isSuspect);
  return (
    first("loss", suspects, [written, forms.circuit], (given) => lossOrigin(written, forms, given, round)) ??
    first("gradient", each, [gradient], (given) => originOf(gradient, given(gradient), round)) ?? { tag: "step" }
  );
};

/** What a circuit is evaluated with. */
type Given = (circuit: Circuit) => Environment;

/** An example of a step, at its place in a batch. */
interface StepExample {
  readonly example: number;
  readonly place: number;
  readonly batch: Batch;
  readonly state: State | undefined;
  /** Whether its loss may be what is no number: alone it is none, or it cannot be asked for alone. */
  readonly isSuspect: boolean;
}

const examplesOf = (
  compiled: Compiled,
  { accumulate = 1, seed }: Settings,
  feed: Feed,
  { step, params, cursor: begun, carried }: Training,
): ReadonlyArray<StepExample> => {
  const all: StepExample[] = [];
  let cursor = begun;
  let before = carried ?? undefined;
  for (let part = 0; part < accumulate; part += 1) {
    const { examples, continues, next } = feed(cursor);
    const batch = compiled.pack(examples, noiseSeed(seed, step + 1, part));
    const state = continues ? before : undefined;
    const isAlone = state === undefined && compiled.model.noises.length === 0;
    examples.forEach((example, place) => {
      const isSuspect = !isAlone || !Number.isFinite(compiled.loss(params, compiled.pack([example])));
      all.push({ example: all.length, place, batch, state, isSuspect });
    });
    if (part + 1 < accumulate) before = compiled.gradient(params, batch, state).state;
    cursor = next;
  }
  return all;
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
  given: Given,
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
