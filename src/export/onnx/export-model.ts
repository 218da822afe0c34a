import * as E from "fp-ts/lib/Either.js";
import type { Circuit } from "../../circuit/circuit.ts";
import type { Model } from "../../circuit/model.ts";
import type { Pass } from "../../circuit/pass.ts";
import type { OnnxGraph, OnnxModel } from "../../onnx/messages.ts";
import type { Params } from "../../runtime/interface.ts";
import { addBatch, batchedAxis } from "../../transform/batch.ts";
import { checked } from "../../transform/pipeline.ts";
import { optimiseWithout } from "../../transform/simplify.ts";
import { splitProducts } from "../../transform/split-products.ts";
import { stableForms } from "../../transform/stable/stable-forms.ts";
import { streamAxis } from "../../transform/stream.ts";
import { parameterKey } from "../../weights/onnx-layers.ts";
import { drawnCircuit } from "./drawn.ts";
import { graphOf } from "./model-graph.ts";

/** What a model is exported with. */
export interface OnnxOptions {
  readonly params: Params;
  readonly precision: "f32" | "f64";
  /** What is said of it besides, as texts by keys. */
  readonly metadata?: OnnxModel["metadata"];
  /** Whether sequences go on from call to call: initial states are asked for, and the last ones given out. */
  readonly carries?: boolean;
  /** Whether it generates: targets are what is most probable, and are read back. */
  readonly draws?: boolean;
}

/** Why a model is not exported. */
export type Unexported = "nothing to give" | "nothing to draw" | "cannot go on";

/**
 * A model as one of ONNX: its outputs, of inputs, targets that are read, lengths and initial states. Of a model without
 * outputs the arguments of its distributions take their place. Sequences can go on where a model looks back one position.
 */
export const onnxOf = (
  model: Model,
  { params, precision, metadata = [], carries = false, draws = false }: OnnxOptions,
): E.Either<Unexported, OnnxModel> => {
  if (draws && model.randoms.length === 0) return E.left("nothing to draw");
  const outputs = resultsOf(model.circuit);
  if (outputs.length === 0) return E.left("nothing to give");
  const circuit = prepared(draws ? drawnCircuit(model) : { ...model.circuit, outputs });
  const element = precision === "f32" ? "float" : "double";
  const inputs = draws ? model.inputs.filter(({ role }) => role !== "target") : model.inputs;
  const ending = draws ? endingOf(model, circuit) : undefined;
  const along = carries ? streamAxis(circuit) : undefined;
  const { graph, goesOn, parameters } = graphOf({
    model: { ...model, inputs },
    circuit,
    params,
    element,
    carries,
    along,
    counted: new Set(
      draws
        ? model.inputs.flatMap(({ name, role, symbols }) => (role === "target" && symbols !== undefined ? [name] : []))
        : [],
    ),
    ...(ending === undefined ? {} : { ending }),
  });
  if (carries && !(goesOn && along !== undefined)) return E.left("cannot go on");
  const told = parameters.map(([name, path]) => [parameterKey(name), path] as const);
  return E.right({ graph, metadata: [...metadata, ...told] });
};

/** By what the sequences of a model that generates end, if there is but one such thing. */
const endingOf = ({ randoms }: Model, { outputs }: Circuit) => {
  const [random, ...more] = randoms.filter(({ until }) => until !== undefined);
  const node = outputs.find(({ name }) => name === random?.target)?.node;
  if (random?.until === undefined || more.length > 0 || node === undefined) return undefined;
  const axis = batchedAxis(random.until.axis);
  return axis.tag === "time" ? { node, symbol: random.until.symbol, axis } : undefined;
};

const resultsOf = ({ outputs }: Circuit): Circuit["outputs"] => {
  const own = outputs.filter(({ role }) => role === "output");
  return own.length > 0 ? own : outputs.filter(({ role }) => role === "distribution");
};

/** Products stand as the program has them, so that cells are known by them, but for those of concatenated states and inputs. */
const prepared = (circuit: Circuit): Circuit => {
  const simpler = optimiseWithout(new Set(["joined-products", "split-products"]));
  const passes: ReadonlyArray<Pass> = [stableForms, addBatch, ...simpler, splitProducts(() => true), ...simpler];
  return checked(passes)(circuit);
};

/** How many recurrences a graph has, by the operation that each is. */
export const recurrencesIn = ({ nodes }: OnnxGraph): Readonly<Record<string, number>> =>
  Object.fromEntries(
    ["LSTM", "GRU", "RNN", "Scan", "Loop"].flatMap((type) => {
      const count = nodes.filter((node) => node.type === type).length;
      return count === 0 ? [] : [[type, count]];
    }),
  );
