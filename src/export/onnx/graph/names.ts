import { mangled } from "../../../mangle.ts";
import type { OnnxValue } from "../../../onnx/messages.ts";
import type { Whole } from "./scope.ts";

/** The names of all that the program names, none of them twice. */
export const namesOf = ({ model, circuit }: Pick<Whole, "model" | "circuit">): ReadonlyMap<string, string> => {
  const lengths = [...circuit.nodes, ...circuit.outputs].flatMap(({ axes }) =>
    axes.flatMap((axis) => (axis.tag === "time" && axis.extent.tag === "length" ? [axis.extent.name] : [])),
  );
  const wanted: ReadonlyArray<readonly [what: string, name: string]> = [
    ...model.inputs.map(({ name }) => [name, name] as const),
    ...circuit.outputs.map(({ name }) => [`output ${name}`, name] as const),
    ...[...new Set(lengths)].map((name) => [`length ${name}`, name] as const),
    ...model.parameters.map(({ path }) => [`parameter ${path}`, path] as const),
    ...[...new Set(lengths)].map((name) => [`longest ${name}`, `longest_${name}`] as const),
    [`model ${model.name}`, model.name],
  ];
  // One name of the program may stand for several things, so each is told apart by what it is.
  const taken = new Set<string>();
  const result = new Map<string, string>();
  for (const [what, name] of wanted) {
    const chosen = mangled([name], taken).get(name)!;
    taken.add(chosen);
    result.set(what, chosen);
  }
  return result;
};

/** The program's inputs as it declares them, then lengths, then initial states. */
export const inOrderOf = ({ model, nameOf, initial }: Whole): ((a: OnnxValue, b: OnnxValue) => number) => {
  const declared = model.inputs.map(({ name }) => nameOf(name));
  const place = ({ name }: OnnxValue): number => {
    const at = declared.indexOf(name);
    return at >= 0 ? at : declared.length + (initial.has(name) ? 1 : 0);
  };
  return (a, b) => place(a) - place(b);
};
