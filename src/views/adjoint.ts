import type { Circuit, NodeId } from "../circuit/circuit.ts";
import type { Model } from "../circuit/model.ts";
import { differentiate, leafName, leavesOf } from "../transform/differentiate.ts";
import { simplify } from "../transform/simplify.ts";
import { name } from "./equations/expressions.ts";
import { asWritten } from "./equations/naming.ts";
import { type EquationSystem, equationSystem } from "./equations/system.ts";
import { type Line, type Listing, listingOf } from "./listing.ts";
import { inputOrders, type ModelOptions } from "./model-equations.ts";

export interface AdjointEquations {
  readonly system: EquationSystem;
  /** The gradient by each parameter: the name it goes by, and the node with that value. */
  readonly gradients: ReadonlyArray<{ readonly path: string; readonly name: string; readonly node: NodeId }>;
}

/** The gradient of a model's loss by its parameters as equations; none if there is no loss. */
export const adjointEquations = (
  model: Model,
  { spell = asWritten, orders = new Map(), asProgram = false }: Omit<ModelOptions, "loss"> = {},
): AdjointEquations => {
  const circuit = adjointCircuit(model);
  const found = circuit.outputs.filter(({ role }) => role === "gradient");
  const titles = new Map(
    found.flatMap(({ node, name: path }) => (isUntitled(circuit, node) ? [[node, `∂${path}`] as const] : [])),
  );
  const all = [...inputOrders(model), ...orders].flatMap(([path, order]) => [
    [path, order] as const,
    [`∂${path}`, order] as const,
  ]);
  const system = equationSystem(circuit, {
    spell,
    titles,
    orders: new Map(all),
    shown: found.map(({ node }) => node),
    asProgram,
  });
  const taken = new Set(system.names.values());
  return {
    system,
    gradients: found.map(({ node, name: path }) => {
      const own = system.names.get(node);
      const title = `∂${path}`;
      return { path, node, name: own === spell(title, new Set()) ? own : spell(title, taken) };
    }),
  };
};

/** What a student writes down: the adjoints from the loss back, then the gradients by the parameters. */
export const adjointListing = ({ system, gradients }: AdjointEquations): Listing => {
  const nodes = system.circuit.nodes;
  const parameters = new Set(gradients.map((gradient) => gradient.node));
  const derived = derivedNodes(system);
  const adjoints = listingOf(system, (id) => derived.has(id) && !parameters.has(id) && nodes[id] !== undefined);
  const lines = listingOf(system, (id) => parameters.has(id));
  const known = new Set(lines.map(({ left }) => left.name));
  const others = gradients
    .filter((gradient) => !known.has(gradient.name))
    .map(
      (gradient): Line => ({
        tag: "equation",
        left: { name: gradient.name, indices: [] },
        right: system.shown.get(gradient.node) ?? name("0"),
      }),
    );
  return [...adjoints, ...lines, ...others];
};

/** The model, simplified first as for code, with its gradient; the outputs keep their names. */
const adjointCircuit = ({ circuit }: Model): Circuit => {
  const kept = { ...circuit, outputs: circuit.outputs.filter(({ role }) => role === "loss" || role === "output") };
  if (!kept.outputs.some(({ role }) => role === "loss")) return { ...kept, outputs: [] };
  const simple = run(kept);
  const wrt = leavesOf(simple).filter((leaf) => leaf.tag === "parameter");
  return run(differentiate({ wrt, called: leafName })(simple));
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

const isUntitled = ({ nodes }: Circuit, id: NodeId): boolean =>
  nodes[id]!.name === undefined && nodes[id]!.op.tag !== "constant";
