import type { NodeId, Output } from "../circuit/circuit.ts";
import type { Model, RandomSpec } from "../circuit/model.ts";
import { expectedName } from "../circuit/own-names.ts";
import { reachable } from "./active.ts";
import { expectationNodes, expectationsOf } from "./expectations.ts";
import { targetNode, withOutputs } from "./with-outputs.ts";

/**
 * The model that says, beside its own outputs, what is expected of each target, whatever its distribution's arguments are
 * called: results with the role `expected`, over the target's own axes. What would ask for targets that no output asks for
 * is left out, so that a model with outputs answers wherever it would have answered without.
 */
export const expecting = (model: Model): Model => {
  const randoms = model.randoms.filter(asksNoMore(model));
  const expected = randoms.flatMap(({ family, target }) =>
    expectationsOf[family].map((of) => ({ name: expectedName(of, target), of, target })),
  );
  const told = withOutputs(
    model,
    () => true,
    (b, _, kept) => {
      const nodes = randoms.flatMap(({ family, arguments: names }) =>
        expectationNodes[family](
          b,
          names.map((name) => kept.find(isArgument(name))!),
        ),
      );
      return expected.map(
        ({ name, target }, i): Output => ({
          role: "expected",
          name,
          node: nodes[i]!,
          axes: targetNode(model, target).axes,
        }),
      );
    },
  );
  return { ...told, expected };
};

const isArgument =
  (called: string) =>
  ({ role, name }: Output): boolean =>
    role === "distribution" && name === called;

/** Whether what is expected of a target reads no values of targets but those that some output reads, if there are outputs. */
const asksNoMore = ({ circuit, inputs }: Model): ((random: RandomSpec) => boolean) => {
  const targets = new Set(inputs.flatMap(({ name, role }) => (role === "target" ? [name] : [])));
  const edges = circuit.nodes.map((node) => node.inputs);
  const readFrom = (outputs: ReadonlyArray<Output>): ReadonlyArray<string> =>
    [
      ...reachable(
        outputs.map(({ node }): NodeId => node),
        edges,
      ),
    ].flatMap((id) => {
      const { op } = circuit.nodes[id]!;
      return op.tag === "input" && targets.has(op.name) ? [op.name] : [];
    });
  const outputs = circuit.outputs.filter(({ role }) => role === "output");
  const known = new Set(outputs.length === 0 ? targets : readFrom(outputs));
  return ({ arguments: names }) =>
    readFrom(circuit.outputs.filter((output) => names.some((name) => isArgument(name)(output)))).every((name) =>
      known.has(name),
    );
};
