/** Where the elements of a parameter of rnnc's stand in a tensor of the user's, which has a sign and may be one of a sum. */
export interface LinkPart {
  readonly tensor: string;
  /** As a user would write it: `lstm.weight_ih_l0[2/4]`. */
  readonly written: string;
  /** For each element of the parameter, row-major, its place in the tensor. */
  readonly places: Int32Array;
  readonly sign: 1 | -1;
}

/** A parameter as the sum of its parts. */
export interface Link {
  readonly path: string;
  readonly shape: ReadonlyArray<number>;
  readonly parts: ReadonlyArray<LinkPart>;
}

export interface NamedShape {
  readonly name: string;
  readonly shape: ReadonlyArray<number>;
}

export const sizeOf = (shape: ReadonlyArray<number>): number => shape.reduce((product, size) => product * size, 1);

export const shapeText = ({ name, shape }: NamedShape): string => `${name} [${shape.join(", ")}]`;

/** Whether shapes are the same but for sides of length 1, so that the same numbers stand in the same order. */
export const isSameShape = (one: ReadonlyArray<number>, other: ReadonlyArray<number>): boolean => {
  const long = (shape: ReadonlyArray<number>): string => shape.filter((size) => size !== 1).join();
  return long(one) === long(other);
};

/** The whole of a tensor, as it stands. */
export const wholeLink = (path: string, { name, shape }: NamedShape): Link => ({
  path,
  shape,
  parts: [{ tensor: name, written: name, places: Int32Array.from({ length: sizeOf(shape) }, (_, i) => i), sign: 1 }],
});

/** Places of a matrix of so many rows and columns, read column by column. */
export const turned = (places: Int32Array, [rows = 1, columns = 1]: ReadonlyArray<number>): Int32Array =>
  Int32Array.from({ length: rows * columns }, (_, i) => places[(i % rows) * columns + Math.floor(i / rows)]!);

/** The user's tensors such that each parameter is the sum of its parts; of these all but the first are small numbers. */
export const tensorsOf = (
  links: ReadonlyArray<Link>,
  shapes: ReadonlyArray<NamedShape>,
  params: Readonly<Record<string, ArrayLike<number>>>,
): Readonly<Record<string, ReadonlyArray<number>>> => {
  const wanted = new Set(links.flatMap(({ parts }) => parts.map(({ tensor }) => tensor)));
  const values = new Map(
    shapes.flatMap(({ name, shape }) =>
      wanted.has(name) ? [[name, new Array<number>(sizeOf(shape)).fill(0)] as const] : [],
    ),
  );
  for (const { path, parts } of links) {
    const [first, ...others] = parts;
    first?.places.forEach((place, i) => {
      const small = others.map((_, j) => ((i * 7 + j * 3) % 11) / 20 - 0.25);
      const rest = others.reduce((sum, { sign }, j) => sum + sign * small[j]!, 0);
      values.get(first.tensor)![place] = first.sign * (params[path]![i]! - rest);
      others.forEach(({ tensor, places }, j) => {
        values.get(tensor)![places[i]!] = small[j]!;
      });
    });
  }
  return Object.fromEntries(values);
};
