import { match } from "../match.ts";
import { indexText, printDistribution, printExpression, printMask, printRight, printSum } from "./print-expression.ts";
import type {
  Boundary,
  Definition,
  Expression,
  Import,
  Program,
  Statement,
  StaticParameter,
  Type,
  Variable,
} from "./tree.ts";

/** The canonical text of a program. Parsing it gives the program again, but for the spans. */
export const print = ({ imports, definitions }: Program): string =>
  [imports.map(printImport).join(""), ...definitions.map((definition) => `${printDefinition(definition)}\n`)]
    .filter((text) => text !== "")
    .join("\n");

const printImport = ({ names, from }: Import): string =>
  `import ${names.map(({ text }) => text).join(", ")} from "${from}"\n`;

const printDefinition: (definition: Definition) => string = match({
  model: ({ name, statics, body }) =>
    `model ${name.text}${statics.length === 0 ? "" : printStatics(statics)} ${printBody(body)}`,
  cell: ({ name, statics, arguments: inputs, results, body }) => {
    const groups = `${statics.length === 0 ? "" : printStatics(statics)}(${printVariables(inputs)})`;
    const given = results.length === 1 ? printVariables(results) : `(${printVariables(results)})`;
    return `cell ${name.text}${groups} -> ${given} ${printBody(body)}`;
  },
  function: ({ name, arguments: inputs, result }) =>
    `cell ${name.text}(${printVariables(inputs)}) = ${printExpression(result)}`,
});

const printStatics = (statics: ReadonlyArray<StaticParameter>): string =>
  `(${statics.map(({ name, default: value }) => `${name.text}${after(" = ", value, printExpression)}`).join(", ")})`;

const printBody = (body: ReadonlyArray<Statement>): string =>
  body.length === 0 ? "{ }" : `{\n${body.map((statement) => `${indent(printStatement(statement))}\n`).join("")}}`;

const indent = (text: string): string => text.replaceAll(/^/gm, "  ");

const printStatement: (statement: Statement) => string = match({
  axis: ({ name, lower, upper, until }) =>
    `axis ${name.text} in ${printSum(lower)}..${printSum(upper)}${after(" until ", until, printExpression)}`,
  input: ({ variables, type }) => `input ${printVariables(variables)}${after(" : ", type, printType)}`,
  param: ({ isFixed, names, type, initialiser }) =>
    `${isFixed ? "fixed" : "param"} ${printVariables(names)}${after(" : ", type, printType)}${initialiserText(initialiser)}`,
  noise: ({ variables, type, distribution }) => {
    const drawn = printExpression(distribution);
    const typed = after(" : ", type, printType);
    // After a colon, `R` would begin a type.
    const mark = type === undefined && !/^(R|symbol|position)(?![\p{L}\p{M}\d_'])/u.test(drawn) ? " : " : " ~ ";
    return `noise ${printVariables(variables)}${typed}${mark}${drawn}`;
  },
  let: ({ name, value }) => `let ${name.text} = ${printExpression(value)}`,
  for: ({ index, lower, upper, body }) =>
    `for ${index.text} in ${printSum(lower)}..${printSum(upper)} ${printBody(body)}`,
  equation: ({ output, targets, form, type, value, when, reset, with: boundaries }) => {
    const left = form === "split" ? `[${targets.map(printVariable).join("; ")}]` : printVariables(targets);
    const named = form === "results" ? `(${left})` : left;
    const overridden = boundaries.length === 0 ? "" : ` with ${boundaries.map(printBoundary).join(", ")}`;
    const right = `${printRight(value)}${after(" when ", when, printMask)}${after(" reset ", reset, printMask)}`;
    return `${output ? "output " : ""}${named}${after(" : ", type, printType)} = ${right}${overridden}`;
  },
  output: ({ variables }) => `output ${printVariables(variables)}`,
  random: ({ variable, type, distribution, weight }) => {
    const left = `${printVariable(variable)}${after(" : ", type, printType)}`;
    return `${left} ~ ${printDistribution(distribution)}${after(" weight ", weight, printExpression)}`;
  },
  minimize: ({ value }) => `minimize ${printExpression(value)}`,
});

/** Numbers stand after `=`, distributions after `~`. */
const initialiserText = (initialiser: Expression | undefined): string => {
  const isNumber =
    initialiser?.tag === "number" || (initialiser?.tag === "negate" && initialiser.operand.tag === "number");
  return after(isNumber ? " = " : " ~ ", initialiser, printExpression);
};

const printBoundary = ({ variable, value }: Boundary): string =>
  `${printVariable(variable)} = ${printExpression(value)}`;

export const printVariable = ({ name, indices }: Variable): string =>
  indices.length === 0 ? name.text : `${name.text}[${indices.map(indexText).join(",")}]`;

const printVariables = (variables: ReadonlyArray<Variable>): string => variables.map(printVariable).join(", ");

const printType: (type: Type) => string = match({
  real: ({ sizes }) => (sizes.length === 0 ? "R" : `R[${sizes.map(indexText).join(",")}]`),
  symbol: ({ size }) => `symbol[${printExpression(size)}]`,
  position: ({ length }) => `position[${printExpression(length)}]`,
});

/** A part that may be absent, with what stands before it. */
const after = <T>(mark: string, part: T | undefined, show: (part: T) => string): string =>
  part === undefined ? "" : `${mark}${show(part)}`;
