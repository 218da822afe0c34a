import type { Circuit, Output } from "../circuit/circuit.ts";
import { type Model, trainedOf } from "../circuit/model.ts";
import { directionName } from "../circuit/own-names.ts";
import { copyNode, rewrite } from "../circuit/rewrite.ts";
import { differentiate } from "./differentiate.ts";
import { observed } from "./observed.ts";
import { simplify } from "./simplify.ts";
import { stableForms } from "./stable/stable-forms.ts";

/**
 * The model whose loss is the derivative of a model's loss along a direction, which is among its parameters: what is fixed
 * has none.
 */
export const alongDirection = (model: Model): Model => {
  const { besides: _, parameters, ...rest } = model;
  return {
    ...rest,
    parameters: [
      ...parameters,
      ...trainedOf(model).map((parameter) => ({ ...parameter, path: directionName(parameter.path) })),
    ],
    randoms: [],
    circuit: directionalLoss({ ...model, circuit: observed(model).run(model.circuit) }),
  };
};

/** A loss whose derivative is taken is simplified first: that of `a - logsumexp(a)` is finite where others are not. */
const directionalLoss = (model: Model): Circuit => {
  const { circuit } = model;
  const parameters = trainedOf(model);
  const onlyLoss: Circuit = { ...circuit, outputs: circuit.outputs.filter(({ role }) => role === "loss") };
  const simple = simplify.reduce((soFar, pass) => pass.run(soFar), stableForms.run(onlyLoss));
  const derivative = differentiate({ wrt: parameters.map(({ path, shape }) => ({ tag: "parameter", path, shape })) })(
    simple,
  );
  const { b, renamed } = rewrite(derivative, copyNode);
  const slopes = derivative.outputs
    .filter(({ role }) => role === "gradient")
    .map(({ name, node, axes }) => {
      const { shape } = parameters.find(({ path }) => path === name)!;
      return b.sum(axes, b.map("times", renamed[node]!, b.parameter(directionName(name), shape)));
    });
  const loss: Output = {
    role: "loss",
    name: "loss",
    node: slopes.reduce((sum, slope) => b.map("add", sum, slope), b.constant(0)),
    axes: [],
  };
  return b.finish([loss]);
};
