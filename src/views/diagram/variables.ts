import type { Circuit, NodeId, Output } from "../../circuit/circuit.ts";
import type { Model } from "../../circuit/model.ts";
import { nodeAt } from "../../circuit/node-at.ts";
import type { Expression } from "../../syntax/tree.ts";
import { reachable } from "../../transform/active.ts";
import { cellOf } from "../equations/cell.ts";
import type { EquationSystem } from "../equations/system.ts";
import { modelEquations, type Orders } from "../model-equations.ts";
import { asDrawn } from "../written.ts";
import type { NodeKind } from "./diagram.ts";
import { type Texts, textsOf } from "./variable-texts.ts";

/** The variables of a model as pictures speak of them. */
export interface Variables {
  readonly model: Model;
  readonly system: EquationSystem;
  /** Its outputs are those of the model, each `~` with its arguments, and what is minimized: all that is shown leads there. */
  readonly circuit: Circuit;
  /** By node, in the order of nodes: what is reached from the outputs, and what is drawn at random. */
  readonly of: ReadonlyMap<NodeId, Variable>;
  readonly delays: ReadonlyArray<NodeId>;
  readonly minimized: { readonly node: NodeId; readonly expression: Expression } | undefined;
}

export interface Variable extends Texts {
  readonly node: NodeId;
  readonly name: string;
  readonly kind: NodeKind;
  /** The cell it is part of, as a path (`enc`); "" for the model itself. */
  readonly cell: string;
  /** Whether a delay carries it from one position to another. */
  readonly isCarried: boolean;
  /** Of a random variable, its distribution's arguments: nodes, and their names among the outputs. */
  readonly drawnFrom: ReadonlyArray<NodeId>;
  readonly distribution: ReadonlyArray<string>;
}

export const variablesOf = (elaborated: Model, orders?: Orders): Variables => {
  const model = asDrawn(elaborated);
  const equations = modelEquations(model, orders === undefined ? {} : { orders });
  const { system } = equations;
  const circuit = drawnCircuit(model);
  const reached = reachable(
    circuit.outputs.map(({ node }) => node),
    circuit.nodes.map(({ inputs }) => inputs),
  );
  const minimized = circuit.outputs.find(({ role }) => role === "loss");
  const draws = new Map(model.randoms.map(({ target }, place) => [inputNode(model, target), place] as const));
  const shown = [...system.names.keys()].filter((node) => reached.has(node)).sort((a, b) => a - b);
  const delays = circuit.nodes.flatMap(({ op }, id) => (op.tag === "delay" && reached.has(id) ? [id] : []));
  const carried = new Set(delays.map((id) => nodeAt(circuit, id).inputs[1]!));
  const variable = (node: NodeId): Variable => {
    const name = system.names.get(node)!;
    const isLeaf = nodeAt(circuit, node).op.tag === "parameter" || nodeAt(circuit, node).op.tag === "input";
    const place = draws.get(node);
    return {
      node,
      name,
      kind: kindOf(model, node, carried),
      cell: isLeaf || !isCell(name, system) ? cellOf(name) : name,
      isCarried: carried.has(node),
      ...textsOf(equations, node, place),
      drawnFrom: place === undefined ? [] : argumentsOf(model, place),
      distribution: place === undefined ? [] : model.randoms[place]!.arguments,
    };
  };
  return {
    model,
    system,
    circuit,
    of: new Map(shown.map((node) => [node, variable(node)])),
    delays,
    minimized: minimized === undefined ? undefined : { node: minimized.node, expression: equations.minimized! },
  };
};

/** Whether a variable is what a cell gives, and so stands in it: `f` where there is an `f.c`. */
const isCell = (name: string, { names }: EquationSystem): boolean =>
  [...names.values()].some((other) => cellOf(other) === name);

const inputNode = ({ circuit }: Model, name: string): NodeId =>
  circuit.nodes.findIndex(({ op }) => op.tag === "input" && op.name === name);

const drawnCircuit = (model: Model): Circuit => {
  const { nodes, outputs } = model.circuit;
  const { besides: minimized } = model;
  return {
    nodes,
    outputs: [
      ...outputs.filter(({ role }) => role === "output" || role === "distribution"),
      ...model.randoms.map(({ target }) => inputOutput(model, target)),
      ...(minimized === undefined
        ? []
        : [{ role: "loss" as const, name: "minimize", node: minimized, axes: nodeAt({ nodes }, minimized).axes }]),
    ],
  };
};

/** What is drawn stands in the picture though nothing may read it. */
const inputOutput = (model: Model, name: string): Output => {
  const node = inputNode(model, name);
  return { role: "output", name, node, axes: nodeAt(model.circuit, node).axes };
};

const argumentsOf = ({ randoms, circuit }: Model, place: number): ReadonlyArray<NodeId> =>
  circuit.outputs.flatMap(({ role, name, node }) =>
    role === "distribution" && randoms[place]!.arguments.includes(name) ? [node] : [],
  );

const kindOf = (model: Model, node: NodeId, carried: ReadonlySet<NodeId>): NodeKind => {
  const { op } = nodeAt(model.circuit, node);
  if (op.tag === "parameter") return "parameter";
  if (op.tag === "input") {
    const role = model.inputs.find(({ name }) => name === op.name)?.role;
    return role === "target" ? "random" : role === "noise" ? "noise" : "input";
  }
  if (model.circuit.outputs.some((output) => output.role === "output" && output.node === node)) return "output";
  return carried.has(node) ? "state" : "value";
};
