import { type GraphicalModel, type GraphicalVariable, isSeparated, knownFrom } from "./d-separation.ts";

/**
 * What a graphical model says of its random variables: how their joint distribution factorises, and which of them are
 * independent of which, given others. In the factors, states are left out: `marginal` is the model without them.
 */
export const graphicalText = (
  model: GraphicalModel,
  marginal: GraphicalModel,
  given: ReadonlyArray<string>,
): string => {
  const known = knownFrom(model, given);
  const random = model.variables.filter(({ name, isDetermined }) => !isDetermined && !known.has(name));
  const pairs = random.flatMap((a, i) => random.slice(i + 1).map((b) => [a.name, b.name] as const));
  const behind = given.length === 0 ? "" : ` | ${given.join(", ")}`;
  return [
    ...factors(marginal),
    "",
    ...pairs.map(([a, b]) =>
      isSeparated(model, a, b, given) ? `${a} ⟂ ${b}${behind}` : `${a} and ${b} may depend on each other${behind}`,
    ),
  ]
    .map((line) => `${line}\n`)
    .join("");
};

/** `p(y[1], y[2] | x[1], x[2])`, and a factor a line. */
const factors = ({ variables }: GraphicalModel): ReadonlyArray<string> => {
  const random = variables.filter(({ isDetermined }) => !isDetermined);
  const inputs = variables.filter(({ isDetermined }) => isDetermined).map(({ name }) => name);
  return [
    probability(
      random.map(({ name }) => name),
      inputs,
    ),
    ...random.map(
      ({ name, parents }: GraphicalVariable, i) => `  ${i === 0 ? "=" : "·"} ${probability([name], parents)}`,
    ),
  ];
};

const probability = (of: ReadonlyArray<string>, given: ReadonlyArray<string>): string =>
  `p(${of.join(", ")}${given.length === 0 ? "" : ` | ${given.join(", ")}`})`;
