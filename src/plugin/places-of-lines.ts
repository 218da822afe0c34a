import type { Model } from "../circuit/model.ts";
import { labelOf } from "../emit/javascript/names.ts";
import type { Span } from "../syntax/span.ts";

/** A variable of a program, and where its equation stands. */
export interface Named {
  readonly name: string;
  readonly span: Span;
}

/** Of a line of code that was compiled with `names`, the variable whose value, or adjoint, it computes. */
export const placesOfLines = ({ circuit }: Pick<Model, "circuit">): ((line: string) => Named | undefined) => {
  const known = new Map(
    circuit.nodes.flatMap(({ name, span }) =>
      name === undefined || span === undefined
        ? []
        : [name, `∂${name}`].map((title) => [labelOf(title), { name, span }] as const),
    ),
  );
  return (line) => {
    const at = line.lastIndexOf(labelOf(""));
    return at < 0 ? undefined : known.get(line.slice(at));
  };
};
