import type { TimeAxis } from "../../circuit/axis.ts";
import type { Circuit } from "../../circuit/circuit.ts";
import type { Model } from "../../circuit/model.ts";
import type { OnnxGraph } from "../../onnx/messages.ts";
import type { Params } from "../../runtime/interface.ts";
import { cellsOf } from "./cells/cells.ts";
import { emitCells } from "./cells/emit.ts";
import { absorbedIn } from "./graph/absorbed.ts";
import { emitItems } from "./graph/loops.ts";
import { inOrderOf, namesOf } from "./graph/names.ts";
import { emitOutput, endOutputs, reachedOutput } from "./graph/outputs.ts";
import { type Item, type Loop, planOf } from "./graph/plan.ts";
import { namesRead, pruned } from "./graph/prune.ts";
import { newScope, type Scope, type Whole } from "./graph/scope.ts";
import { cutAt, type Ending, emitUntil, endsEarly } from "./graph/until.ts";
import type { Cell } from "./recognise/cell.ts";

/** What a graph of ONNX is made of: a circuit with a batch, and the weights. */
export interface Exported {
  readonly model: Model;
  readonly circuit: Circuit;
  readonly params: Params;
  readonly element: "float" | "double";
  /** Whether sequences go on from call to call. */
  readonly carries: boolean;
  /** Along which axis, if there is one. */
  readonly along: TimeAxis | undefined;
  /** The outputs that are symbols. */
  readonly counted: ReadonlySet<string>;
  /** By what its sequences end, of a model that generates. */
  readonly ending?: Ending & { readonly axis: TimeAxis };
}

export interface ModelGraph {
  readonly graph: OnnxGraph;
  /** Whether all that is read of earlier positions is what stands one position before, and starts with what is given. */
  readonly goesOn: boolean;
  /** The parameters that stand in the graph under other names than their paths. */
  readonly parameters: ReadonlyArray<readonly [name: string, path: string]>;
}

/** A model as a graph of ONNX. */
export const graphOf = (exported: Exported): ModelGraph => {
  const { circuit, model, ending, counted } = exported;
  const items = planOf(circuit);
  const names = namesOf(exported);
  const whole = wholeOf(exported, names, absorbedIn(circuit, items));
  const root = newScope(whole);
  emitItems(root, items, specially(exported, items));
  const reached = ending === undefined ? undefined : cutAt(root, ending, ending);
  const outputs = circuit.outputs.map((output) => emitOutput(root, output, counted.has(output.name)));
  const graph = pruned({
    name: names.get(`model ${model.name}`)!,
    documentation: "",
    outputs: [
      ...outputs,
      ...(reached === undefined ? [] : [reachedOutput(root, ending!.axis, reached)]),
      ...endOutputs(root),
    ],
    nodes: root.nodes,
    initializers: whole.initializers,
    inputs: whole.inputs,
  });
  const read = namesRead(graph);
  const delays = circuit.nodes.flatMap(({ op }, id) => (op.tag === "delay" ? [{ id, by: op.by }] : []));
  const given = new Set(graph.initializers.map(({ name }) => name));
  return {
    graph: { ...graph, inputs: graph.inputs.filter(({ name }) => read.has(name)).toSorted(inOrderOf(whole)) },
    goesOn: delays.every(({ id, by }) => by > 0 && whole.starts.has(id)),
    parameters: model.parameters
      .map(({ path }) => [whole.nameOf(`parameter ${path}`), path] as const)
      .filter(([name, path]) => given.has(name) && name !== path),
  };
};

const wholeOf = (exported: Exported, names: ReadonlyMap<string, string>, absorbed: Whole["absorbed"]): Whole => ({
  ...exported,
  nameOf: (name) => names.get(name)!,
  absorbed,
  initializers: [],
  inputs: [],
  taken: new Set(names.values()),
  homes: new Map(),
  nodeNames: new Set(),
  starts: new Map(),
  lengths: new Map(),
  ends: [],
  initial: new Set(),
});

/** Takes recurrences that are operations of their own, each pair of them once, or that end before their lengths do. */
const specially = (
  { circuit, element, ending }: Exported,
  items: ReadonlyArray<Item>,
): ((scope: Scope, loop: Loop) => boolean) => {
  // ONNX Runtime has its recurrent operations in single precision alone.
  const cells = element === "float" ? cellsOf(circuit, items) : new Map<Loop, ReadonlyArray<Cell>>();
  const done = new Set<ReadonlyArray<Cell>>();
  return (scope, loop) => {
    const found = cells.get(loop);
    if (ending !== undefined && endsEarly(loop, ending)) {
      emitUntil(scope, loop, ending);
      return true;
    }
    if (found === undefined) return false;
    if (!done.has(found)) emitCells(scope, found);
    done.add(found);
    return true;
  };
};
