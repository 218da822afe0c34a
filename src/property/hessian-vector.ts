import type { Circuit, Output } from "../circuit/circuit.ts";
import type { Model } from "../circuit/model.ts";
import { directionName } from "../circuit/own-names.ts";
import { copyNode, rewrite } from "../circuit/rewrite.ts";
import { type Compiled, compileModel } from "../emit/compiled.ts";
import type { Batch, Params } from "../emit/interface.ts";
import { differentiate } from "../transform/differentiate.ts";
import { simplify } from "../transform/simplify.ts";
import { stableForms } from "../transform/stable/stable-forms.ts";

/**
 * The product of the Hessian of the mean loss with a direction, by parameter path: the gradient of the gradient's inner
 * product with the direction (Pearlmutter 1994). The adjoint of a circuit is a circuit, and is differentiated again. In
 * double precision and JavaScript, unless the options say otherwise.
 */
export const hessianVector = (model: Pick<Compiled, "elaborated">, options: Machine = {}): HessianVector => {
  const directional = directionalModel(model.elaborated, options);
  return (params, batch, direction) => {
    const { gradient } = directional.gradient({ ...params, ...underNames(direction) }, batch);
    return Object.fromEntries(Object.keys(params).map((path) => [path, gradient[path]!]));
  };
};

/** What computes it. */
type Machine = Partial<Pick<Parameters<typeof compileModel>[0], "target" | "precision">>;

export type HessianVector = (params: Params, batch: Batch, direction: Params) => Params;

/** The model whose loss is the derivative of a model's loss along a direction, which is among its parameters. */
export const directionalModel = (model: Model, options: Machine = {}): Compiled => {
  const directions = model.parameters.map((parameter) => ({ ...parameter, path: directionName(parameter.path) }));
  return compileModel({ precision: "f64", ...options, loss: "mean", wrt: [] })({
    ...model,
    parameters: [...model.parameters, ...directions],
    randoms: [],
    circuit: alongDirection(model),
  });
};

const underNames = (direction: Params): Params =>
  Object.fromEntries(Object.entries(direction).map(([path, values]) => [directionName(path), values]));

const alongDirection = ({ circuit, parameters }: Model): Circuit => {
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
