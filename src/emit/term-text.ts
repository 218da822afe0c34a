import { type Primitive, sharedTerms, type Term } from "../elementary/term.ts";

/** How a language spells terms. */
export interface Spelling {
  readonly constant: (value: number) => string;
  readonly primitives: { readonly [P in Primitive]: (a: string, b: string, c: string) => string };
  /** A line that gives a value a name. */
  readonly named: (name: string, value: string, term: Term) => string;
}

/** What a function's arguments are called. */
export const argumentNames = ["x", "y"] as const;

/** The text of a term in its arguments, after the lines that name what occurs in it more than once. */
export const termText = (
  term: Term,
  { constant, primitives, named }: Spelling,
): { readonly lines: ReadonlyArray<string>; readonly value: string } => {
  const names = new Map<Term, string>();
  const text = (inner: Term): string => names.get(inner) ?? spelled(inner);
  const spelled = (inner: Term): string => {
    switch (inner.tag) {
      case "argument":
        return argumentNames[inner.place];
      case "number":
        return constant(inner.value);
      case "apply": {
        const [a, b, c] = inner.operands.map(text);
        return primitives[inner.primitive](a!, b!, c!);
      }
    }
  };
  const lines = sharedTerms(term).map((shared, i) => {
    const line = named(`v${i}`, spelled(shared), shared);
    names.set(shared, `v${i}`);
    return line;
  });
  return { lines, value: text(term) };
};
