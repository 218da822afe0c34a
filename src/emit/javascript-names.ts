import type { BufferId, Index } from "../schedule/loops.ts";
import type { Size } from "../schedule/size.ts";

/**
 * Index arithmetic, taken out of inner loops: the part of an index that an outer loop fixes is a constant of that
 * loop's body, named once however often it is used.
 */
export interface Names {
  /** The names of a loop body inside this one. */
  readonly inside: (variable: string) => Names;
  /** What must be declared at the head of this body; ask after its text is printed. */
  readonly declarations: () => ReadonlyArray<string>;
  readonly index: (buffer: BufferId, index: Index) => string;
  readonly integer: (index: Index) => string;
  readonly size: (size: Size) => string;
}

export const newNames = (): Names => {
  let count = 0;
  return namesIn([], () => `x${count++}`);
};

interface Body {
  readonly variable: string | undefined;
  readonly constants: Map<string, string>;
}

const namesIn = (outer: ReadonlyArray<Body>, fresh: () => string, variable?: string): Names => {
  const body: Body = { variable, constants: new Map() };
  const bodies = [...outer, body];
  const root = bodies[0]!;

  const constant = (at: Body, text: string): string => {
    if (/^\w+$/.test(text)) return text;
    const known = at.constants.get(text);
    if (known !== undefined) return known;
    const name = fresh();
    at.constants.set(text, name);
    return name;
  };
  const size = ({ factor, dims }: Size): string =>
    dims.length === 0
      ? String(factor)
      : constant(root, [...(factor === 1 ? [] : [String(factor)]), ...dims.map((d) => `d[${d}]`)].join(" * "));
  const scaled = (name: string, stride: Size): string =>
    stride.dims.length === 0 && stride.factor === 1 ? name : `${name} * ${size(stride)}`;

  /** Adds up an index from the outermost body inwards; all but the innermost part become constants of their bodies. */
  const sum = (start: ReadonlyArray<string>, { terms, constant: offsets }: Index): string => {
    const parts = [...start, ...offsets.map(size).filter((text) => text !== "0")];
    const depths = bodies.map(({ variable: of }) => terms.filter((term) => term.variable === of));
    const deepest = depths.findLastIndex((own) => own.length > 0);
    const loose = terms.filter((term) => !bodies.some(({ variable: of }) => of === term.variable));
    const total = depths.reduce((text, own, depth) => {
      if (depth > 0 && own.length === 0) return text;
      const next = [
        ...(text === "" ? [] : [text]),
        ...(depth === 0 ? parts : own.map((term) => scaled(term.variable, term.stride))),
      ].join(" + ");
      return next === "" || (depth === deepest && loose.length === 0) ? next : constant(bodies[depth]!, next);
    }, "");
    const all = [...(total === "" ? [] : [total]), ...loose.map((term) => scaled(term.variable, term.stride))].join(
      " + ",
    );
    return all === "" ? "0" : all;
  };

  return {
    inside: (inner) => namesIn(bodies, fresh, inner),
    declarations: () => [...body.constants].map(([text, name]) => `const ${name} = ${text};`),
    index: (buffer, index) => sum([`o[${buffer}]`], index),
    integer: (index) => sum([], index),
    size,
  };
};
