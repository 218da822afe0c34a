import { mangled } from "../../mangle.ts";
import type { ModelInfo, VariableInfo } from "../../runtime/interface.ts";
import { reservedInC } from "./reserved.ts";

/** What the parts of a model are called in C. */
export interface Names {
  /** What each name of a file begins with, as in `elman_forward`. */
  readonly prefix: string;
  readonly params: (path: string) => string;
  /** Of lengths, inputs, targets, noises, and `givenKey` of targets: they are the same in every struct. */
  readonly data: (name: string) => string;
  readonly outputs: (name: string) => string;
  /** Of what a search is given and finds. */
  readonly search: (name: string) => string;
}

/** What tells where values of a target are given; a dot stands in no name of a variable. */
export const givenKey = (target: string): string => `${target}.given`;

/** The lengths that are known at run time, in the order of the axes. */
export const lengthNames = ({ axes }: ModelInfo): ReadonlyArray<string> => [
  ...new Set(axes.flatMap(({ length }) => (typeof length === "string" ? [length] : []))),
];

export const variablesOf = ({ inputs, targets, noises }: ModelInfo): ReadonlyArray<VariableInfo> => [
  ...inputs,
  ...targets,
  ...noises,
];

export const namesOf = (model: ModelInfo): Names => {
  const data = [
    ...lengthNames(model),
    ...variablesOf(model).map(({ name }) => name),
    ...model.targets.map(({ name }) => givenKey(name)),
  ];
  const outputs = [...model.outputs, ...(model.expected ?? [])].map(({ name }) => name);
  return {
    // What the file calls its own begins with `rn`.
    prefix: mangled([model.name], new Set([...reservedInC, "rn", "RN", "RNNC"])).get(model.name)!,
    params: named(model.params.map(({ path }) => path)),
    data: named(data, ["batch", "sizes", "state"]),
    outputs: named(outputs),
    search: named(
      variablesOf(model).map(({ name }) => name),
      ["prefix", "steps", "log_probability"],
    ),
  };
};

/** `weightDecay` is `weight_decay` in C. */
export const withUnderscores = (name: string): string => name.replaceAll(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);

const named = (names: ReadonlyArray<string>, own: ReadonlyArray<string> = []): ((name: string) => string) => {
  const found = mangled(names, new Set([...reservedInC, ...own]));
  return (name) => found.get(name)!;
};
