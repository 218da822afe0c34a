import { type Link, type LinkPart, type NamedShape, turned } from "./links.ts";

/** Other links under which both sides may agree, and how they would be told. */
export interface Alternative {
  readonly tells: string;
  readonly links: ReadonlyArray<Link>;
}

/** Square matrices turned, one after the other; then blocks of tensors (as gates are) in every other order. */
export const alternatives = (
  links: ReadonlyArray<Link>,
  tensors: ReadonlyArray<NamedShape>,
): ReadonlyArray<Alternative> => [...transposes(links), ...reorderings(links, tensors)];

const mostTransposes = 12;

const transposes = (links: ReadonlyArray<Link>): ReadonlyArray<Alternative> =>
  links
    .filter(({ shape, parts }) => parts.length === 1 && shape.length === 2 && shape[0] === shape[1] && shape[0]! > 1)
    .slice(0, mostTransposes)
    .map((link) => ({
      tells: `with ${link.path} transposed they agree: --map ${link.path}=${turnedWord(link.parts[0]!.written)}`,
      links: links.map((each) =>
        each === link
          ? { ...link, parts: link.parts.map((part) => ({ ...part, places: turned(part.places, link.shape) })) }
          : each,
      ),
    }));

const turnedWord = (written: string): string => (written.endsWith(".T") ? written.slice(0, -2) : `${written}.T`);

/** A part that is one of several equal blocks of rows of its tensor. */
interface Block {
  readonly part: LinkPart;
  readonly block: number;
  readonly of: number;
}

const reorderings = (links: ReadonlyArray<Link>, tensors: ReadonlyArray<NamedShape>): ReadonlyArray<Alternative> => {
  const blocks = links.flatMap(({ parts }) => parts.flatMap((part) => blockOf(part, tensors)));
  return [2, 3, 4].flatMap((count) => {
    const own = new Map(blocks.filter(({ of }) => of === count).map(({ part, block }) => [part, block]));
    if (own.size < count) return [];
    return permutations(count).map((order) => ({
      tells: `with the blocks of ${namesOf([...own.keys()])} in another order they agree: ${moves(order)}`,
      links: links.map((link) => ({
        ...link,
        parts: link.parts.map((part) => {
          const block = own.get(part);
          const size = part.places.length;
          return block === undefined
            ? part
            : { ...part, places: part.places.map((place) => place + (order[block]! - block) * size) };
        }),
      })),
    }));
  });
};

const moves = (order: ReadonlyArray<number>): string =>
  order
    .flatMap((to, from) =>
      to === from ? [] : [`what is mapped to [${from + 1}/${order.length}] is [${to + 1}/${order.length}]`],
    )
    .join(", ");

const namesOf = (parts: ReadonlyArray<LinkPart>): string => [...new Set(parts.map(({ tensor }) => tensor))].join(", ");

const blockOf = (part: LinkPart, tensors: ReadonlyArray<NamedShape>): ReadonlyArray<Block> => {
  const whole = tensors.find(({ name }) => name === part.tensor)!.shape.reduce((a, b) => a * b, 1);
  const size = part.places.length;
  const first = part.places.reduce((a, b) => Math.min(a, b), whole);
  const last = part.places.reduce((a, b) => Math.max(a, b), 0);
  const isBlock = size > 0 && size < whole && whole % size === 0 && first % size === 0 && last - first === size - 1;
  return isBlock ? [{ part, block: first / size, of: whole / size }] : [];
};

/** All orders of so many but the one that they have. */
const permutations = (count: number): ReadonlyArray<ReadonlyArray<number>> => {
  const all = (left: ReadonlyArray<number>): ReadonlyArray<ReadonlyArray<number>> =>
    left.length === 0
      ? [[]]
      : left.flatMap((first) => all(left.filter((each) => each !== first)).map((rest) => [first, ...rest]));
  return all(Array.from({ length: count }, (_, i) => i)).slice(1);
};
