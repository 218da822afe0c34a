import { elementaryNames, type Pointwise } from "../../circuit/circuit.ts";
import { elementaryText } from "./elementary.ts";

/** A record of functions of numbers by name, as an expression that stands by itself. */
export const functionsText = (names: ReadonlyArray<Pointwise>): string => {
  const elementary = elementaryNames.filter((name) => names.includes(name));
  const entries = names.map((name) => `${name}: (x, y, z) => ${texts[name]}`);
  return `(() => {\n${elementaryText(elementary)}\nreturn { ${entries.join(", ")} };\n})()`;
};

const texts: { readonly [P in Pointwise]: string } = {
  neg: "-x",
  add: "x + y",
  sub: "x - y",
  mul: "x * y",
  times: "(x === 0 || y === 0 ? 0 : x * y)",
  div: "x / y",
  mod: "mod(x, y)",
  pow: "pow(x, y)",
  exp: "exp(x)",
  expm1: "expm1(x)",
  log: "log(x)",
  log1p: "log1p(x)",
  sqrt: "Math.sqrt(x)",
  sin: "sin(x)",
  cos: "cos(x)",
  atan: "atan(x)",
  erf: "erf(x)",
  tanh: "tanh(x)",
  sigmoid: "sigmoid(x)",
  softplus: "softplus(x)",
  min: "Math.min(x, y)",
  max: "Math.max(x, y)",
  less: "Number(x < y)",
  lessEqual: "Number(x <= y)",
  equal: "Number(x === y)",
  not: "Number(x === 0)",
  and: "Number(x !== 0 && y !== 0)",
  or: "Number(x !== 0 || y !== 0)",
  select: "(x !== 0 ? y : z)",
  stop: "x",
};
