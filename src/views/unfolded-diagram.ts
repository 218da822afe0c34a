import type { Model } from "../circuit/model.ts";
import { atStep } from "./diagram/at-step.ts";
import type { Diagram } from "./diagram/diagram.ts";
import { beside, type Feeding, withTeacher } from "./diagram/fed.ts";
import { inLayers, onGrid } from "./diagram/on-grid.ts";
import { groupParameters } from "./diagram/parameters.ts";
import type { Step } from "./diagram/tile.ts";
import { type Lengths, unfoldedGraph } from "./diagram/unfolded-graph.ts";
import { type Variable, type Variables, variablesOf } from "./diagram/variables.ts";
import type { Orders } from "./model-equations.ts";

export interface UnfoldedOptions {
  readonly lengths: Lengths;
  /** Whether what a cell computes on its way to its states stands in the picture. */
  readonly insideCells: boolean;
  /** Whether each component of a vector is a circle of its own, and each weight an edge: a feed-forward network. */
  readonly inUnits: boolean;
  /** Only what stands at this step, and what it reads. */
  readonly at?: Step;
  /** Whose values of random variables are read back; by default those that are drawn. */
  readonly fed?: Feeding;
  readonly orders?: Orders;
}

/** The unfolded computational graph: an instance of each variable at each position, parameters once, no delays. */
export const unfoldedDiagram = (
  model: Model,
  { lengths, insideCells, inUnits, at, fed = "drawn", orders }: UnfoldedOptions,
): Diagram => {
  const variables = variablesOf(model, orders);
  const isShown = (variable: Variable): boolean =>
    (insideCells || isOutside(variable)) && !(inUnits && variable.kind === "parameter");
  const graph = unfoldedGraph(inUnits ? withoutLoss(variables) : variables, { lengths, isShown, inUnits });
  const titled = { ...graph, title: `unfolded ${graph.title}` };
  const part = at === undefined ? titled : atStep(titled, at);
  if (inUnits) return inLayers(part);
  const graphs: { readonly [F in Feeding]: () => Diagram } = {
    drawn: () => onGrid(groupParameters(part)),
    given: () => {
      const { diagram, links } = withTeacher(part);
      return onGrid(groupParameters(diagram), links);
    },
    both: () =>
      beside(
        { diagram: graphs.given(), above: "teacher forcing: the data are read back" },
        { diagram: graphs.drawn(), above: "free running: what is drawn is read back" },
      ),
  };
  return graphs[fed]();
};

/** A network is what it computes; what it is trained by is not part of it. */
const withoutLoss = (variables: Variables): Variables => {
  const outputs = variables.circuit.outputs.filter(({ role }) => role !== "loss");
  return { ...variables, circuit: { ...variables.circuit, outputs }, minimized: undefined };
};

/** Leaves, states, outputs, and what the model itself names. */
const isOutside = ({ kind, cell, isCarried, name }: Variable): boolean =>
  kind === "parameter" || kind === "input" || kind === "noise" || isCarried || cell === "" || name === cell;
