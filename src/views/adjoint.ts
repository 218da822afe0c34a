import { type Axis, type FeatureAxis, featureAxis, featuresOf, hasAxis, sortAxes } from "../circuit/axis.ts";
import type { Circuit, Node, NodeId, Output } from "../circuit/circuit.ts";
import { type Model, trainedOf } from "../circuit/model.ts";
import { nodeAt } from "../circuit/node-at.ts";
import { copyNode, rewrite } from "../circuit/rewrite.ts";
import { differentiate, leafName } from "../transform/differentiate.ts";
import { simplify } from "../transform/simplify.ts";
import { stableForms } from "../transform/stable/stable-forms.ts";
import { asWritten } from "./equations/naming.ts";
import { type EquationSystem, equationSystem } from "./equations/system.ts";
import type { Value } from "./equations/value.ts";
import { type Line, type Listing, listingOf } from "./listing.ts";
import { inputOrders, type ModelOptions } from "./model-equations.ts";

export interface AdjointEquations {
  readonly system: EquationSystem;
  /** The gradient by each parameter. */
  readonly gradients: ReadonlyArray<Gradient>;
}

/** What it is called, and what it is: a variable of that name, or in terms of others. `axes` are the parameter's. */
export interface Gradient {
  readonly path: string;
  readonly name: string;
  readonly node: NodeId;
  readonly axes: ReadonlyArray<Axis>;
  readonly value: Value;
}

/** The gradient of a model's loss by its parameters as equations; none if there is no loss. */
export const adjointEquations = (
  model: Model,
  { spell = asWritten, orders = new Map(), asProgram = false }: Omit<ModelOptions, "loss"> = {},
): AdjointEquations => {
  const circuit = adjointCircuit(model);
  const found = circuit.outputs.filter(({ role }) => role === "gradient");
  const titles = new Map(
    found.flatMap((output) => (mayTitle(circuit, output) ? [[output.node, `∂${output.name}`] as const] : [])),
  );
  const all = [...inputOrders(model), ...orders].flatMap(([path, order]) => [
    [path, order] as const,
    [`∂${path}`, order] as const,
  ]);
  const shown = found.map(({ node }) => node);
  const system = equationSystem(circuit, { spell, titles, orders: new Map(all), shown, asProgram });
  const taken = new Set(system.names.values());
  return {
    system,
    gradients: found.map(({ node, name: path, axes }) => {
      const title = `∂${path}`;
      const isOwn = titles.get(node) === title || nodeAt(circuit, node).name === title;
      const called = isOwn ? system.names.get(node)! : spell(title, taken);
      return { path, node, name: called, axes, value: system.shown.get(node)! };
    }),
  };
};

/**
 * What a student writes down: the adjoints from the loss back, then the gradients by the parameters; before them the
 * parts of the model that they speak of and that the user gave no name.
 */
export const adjointListing = ({ system, gradients }: AdjointEquations): Listing => {
  const parameters = new Set(gradients.map((gradient) => gradient.node));
  const derived = derivedNodes(system);
  const isUnnamed = (id: NodeId): boolean => nodeAt(system.circuit, id).name === undefined;
  const parts = listingOf(system, (id) => !derived.has(id) && !parameters.has(id) && isUnnamed(id));
  const adjoints = listingOf(system, (id) => derived.has(id) && !parameters.has(id));
  const lines = listingOf(system, (id) => parameters.has(id));
  const known = new Set(lines.map(({ left }) => left.name));
  const place = new Map(gradients.map(({ name }, i) => [name, i]));
  const others = gradients
    .filter((gradient) => !known.has(gradient.name))
    .map(
      (gradient): Line => ({
        tag: "equation",
        left: { name: gradient.name, indices: [] },
        right: gradient.value.expression,
      }),
    );
  const declared = [...lines, ...others].sort((a, b) => place.get(a.left.name)! - place.get(b.left.name)!);
  return [...parts, ...adjoints, ...declared];
};

/** The model, simplified first as for code, with its gradient; the outputs keep their names. */
const adjointCircuit = (model: Model): Circuit => {
  const { circuit } = model;
  const kept = { ...circuit, outputs: circuit.outputs.filter(({ role }) => role === "loss" || role === "output") };
  if (!kept.outputs.some(({ role }) => role === "loss")) return { ...kept, outputs: [] };
  const wrt = trainedOf(model).map(({ path, shape }) => ({ tag: "parameter", path, shape }) as const);
  const adjoint = differentiate({ wrt, called: leafName })(run(stableForms.run(kept)));
  return withoutShortNames(run(overPositions(model.parameters, adjoint)));
};

/** The gradient by a parameter over axes is read at their positions, as the parameter is: `∂mu[k]`. */
const overPositions = (parameters: Model["parameters"], circuit: Circuit): Circuit => {
  const over = new Map(parameters.map(({ path, axes }) => [path, axes]));
  const { b, renamed } = rewrite(circuit, copyNode);
  const outputs = circuit.outputs.map((output): Output => {
    const axes = output.role === "gradient" ? (over.get(output.name) ?? []) : [];
    const others = featuresOf(output.axes).slice(axes.length);
    const renames = [...axes, ...others].map(
      (axis, slot) =>
        [featuresOf(output.axes)[slot]!, axis.tag === "time" ? axis : shifted(axis, axes.length)] as const,
    );
    const node = renamed[output.node]!;
    return axes.length === 0
      ? { ...output, node }
      : { ...output, node: b.rename(renames, node), axes: sortAxes(renames.map(([, to]) => to)) };
  });
  return b.finish(outputs);
};

const shifted = ({ slot, size }: FeatureAxis, by: number): FeatureAxis => featureAxis(slot - by, size);

/** What is equal in all components or positions, and so lacks their axis, is not yet the gradient: it loses the name of one. */
const withoutShortNames = (circuit: Circuit): Circuit => {
  const isShort = ({ axes }: Node, id: NodeId): boolean =>
    circuit.outputs.some((output) => output.node === id && output.role === "gradient" && !hasShape(axes, output));
  return {
    ...circuit,
    nodes: circuit.nodes.map((node, id) => {
      const { name: title, ...rest } = node;
      return title === undefined || !isShort(node, id) ? node : rest;
    }),
  };
};

const run = (circuit: Circuit): Circuit => simplify.reduce((soFar, pass) => pass.run(soFar), circuit);

/** What is made for the gradient: adjoints, and what depends on one. */
const derivedNodes = ({ circuit: { nodes } }: EquationSystem): ReadonlySet<NodeId> => {
  const derived = new Set(nodes.flatMap(({ name: title }, id) => (title?.startsWith("∂") ? [id] : [])));
  for (let before = -1; before < derived.size; ) {
    before = derived.size;
    nodes.forEach(({ inputs }, id) => {
      if (inputs.some((input) => derived.has(input))) derived.add(id);
    });
  }
  return derived;
};

/** Whether a node may go by the name of a parameter's gradient: it has no other name, and the parameter's shape. */
const mayTitle = ({ nodes }: Circuit, output: Output): boolean => {
  const { name: title, op, axes: own } = nodeAt({ nodes }, output.node);
  const isLeaf = op.tag === "constant" || op.tag === "parameter" || op.tag === "input";
  return title === undefined && !isLeaf && hasShape(own, output);
};

const hasShape = (own: ReadonlyArray<Axis>, { axes }: Output): boolean =>
  featuresOf(own).length === featuresOf(axes).length && axes.every((axis) => axis.tag !== "time" || hasAxis(own, axis));
