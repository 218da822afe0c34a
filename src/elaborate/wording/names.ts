import { givenStatic } from "../../syntax/given-static.ts";
import type { WordingsOf } from "./wording.ts";
import { list, suggestion } from "./words.ts";

/** The wording of problems with names, imports, static parameters and sizes. */
export const nameWordings: WordingsOf<
  | "unknownName"
  | "definedTwice"
  | "noModel"
  | "missingImport"
  | "unreadableImport"
  | "staticMissing"
  | "staticUnknown"
  | "staticKind"
  | "namedArgument"
  | "notStatic"
  | "badSize"
  | "tooLarge"
> = {
  unknownName: ({ name, known, standard = false, setTo }) => ({
    message:
      setTo === undefined
        ? `\`${name}\` is not defined here.`
        : `\`${setTo.parameter}\` was given \`${name}\`, which is no number, and no function or cell that is known here.`,
    label: setTo === undefined ? "not defined" : `given \`${name}\``,
    // What has no others to be taken for is a member of a family.
    hint:
      known.length === 0
        ? undefined
        : standard
          ? `It is a standard cell: \`import ${name} from "std"\`.`
          : (spelling(name) ?? suggestion(name, known) ?? (setTo === undefined ? declaration(name) : settingOf(setTo))),
  }),
  definedTwice: ({ name, span, first, what }) => {
    // A `for` stands for its statements as often as its index has values.
    const isRepeated = first.file === span.file && first.start === span.start;
    const [again, before] =
      what === undefined ? ["defined again here", "first defined here"] : ["again here", "first here"];
    return {
      message: what === undefined ? `\`${name}\` is defined twice.` : `Two ${what} are called \`${name}\`.`,
      label: isRepeated ? "defined at every turn of the `for`" : again,
      others: isRepeated ? [] : [{ span: first, text: before }],
      hint: isRepeated ? `Give it the index of the \`for\`, as in \`${name}[l]\`.` : undefined,
    };
  },
  noModel: ({ wanted, known }) => ({
    message: wanted === undefined ? chooseModel(known) : `There is no model \`${wanted}\` in this file.`,
    label: "this file",
    hint: wanted === undefined ? undefined : suggestion(wanted, known),
  }),
  missingImport: ({ name, from, known }) => ({
    message: `"${from}" has no cell \`${name}\`.`,
    label: "not there",
    hint: suggestion(name, known),
  }),
  unreadableImport: ({ from, reason }) => ({
    message: `"${from}" cannot be imported: ${reason}.`,
    label: "imported here",
  }),
  staticMissing: ({ name, owner }) => ({
    message: `\`${owner}\` needs a value for its static parameter \`${name}\`.`,
    label: "has no default",
    hint: `Give it a default (\`${name} = 32\`), or a value when compiling (${givenStatic(name, 32)}) or applying.`,
  }),
  staticUnknown: ({ name, known, owner }) => ({
    message: `${owner === undefined ? "The model" : `\`${owner}\``} has no static parameter \`${name}\`.`,
    label: owner === undefined ? "the model's parameters" : "not one of its static parameters",
    hint: suggestion(name, known) ?? (known.length === 0 ? undefined : `It has ${list(known)}.`),
  }),
  staticKind: ({ name, owner, wantsNumber, others, given }) => {
    const [is, not] = wantsNumber ? ["a number", "a function or a cell"] : ["a function or a cell", "a number"];
    const parameter = `The static parameter \`${name}\` of \`${owner}\` is ${is}`;
    return given === undefined
      ? {
          message: `${parameter}, not ${not}.`,
          label: `this is \`${name}\``,
          hint: others[0] === undefined ? undefined : `Give it by its name: \`${others[0]} = …\`.`,
        }
      : {
          message: `${parameter}, and was given \`${given.value}\`.`,
          label: `${is}, \`${given.usual}\` unless another is given`,
          hint: `Give it ${wantsNumber ? is : "the name of one"}, as in ${givenStatic(name, given.usual)}.`,
        };
  },
  namedArgument: () => ({
    message: "Only static parameters of a cell are given by their names.",
    label: "given by its name",
    hint: "They stand in the first brackets of a cell: `LSTM(n, forget = 1)(x[t])`.",
  }),
  notStatic: ({ expected }) => ({
    message: `${expected} must be known when compiling.`,
    label: "its value is only known at run time",
  }),
  badSize: ({ value }) => ({
    message: `A size is an integer of at least 1, but this is ${value}.`,
    label: `is ${value}`,
  }),
  tooLarge: ({ what, size, limit }) => ({
    message: `${what} is too large: ${size}, where the limit is ${limit}.`,
    label: `this is ${size}`,
  }),
};

const settingOf = ({ parameter, usual }: { readonly parameter: string; readonly usual: string | undefined }): string =>
  usual === undefined
    ? `Give it a number, as in ${givenStatic(parameter, 32)}, or the name of a function or a cell.`
    : `Give it the name of a function or a cell, as in ${givenStatic(parameter, usual)}.`;

/** Functions under the names that slides and other languages give them. */
const spellings: Readonly<Record<string, string>> = {
  σ: "sigmoid",
  logistic: "sigmoid",
  Σ: "sum",
  ln: "log",
  ReLU: "relu",
  one_hot: "onehot",
};

const spelling = (name: string): string | undefined =>
  Object.hasOwn(spellings, name) ? `It is called \`${spellings[name]}\` here.` : undefined;

const declaration = (name: string): string =>
  `Give it an equation, or declare it: \`param ${name}\`, \`input ${name}\`, or a static parameter.`;

const chooseModel = (known: ReadonlyArray<string>): string =>
  known.length === 0 ? "This file has no model." : `This file has several models: ${list(known)}. Choose one of them.`;
