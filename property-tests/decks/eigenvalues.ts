import fc from "fast-check";
import { noise } from "../std/compiled.ts";
import { identity, largestSingularValue, plus, product, type Vector } from "./matrices.ts";

/** Matrices of 1 to 5 rows whose eigenvalues, real or in pairs, are as large as `radius` at most, one exactly so. */
export const withRadius = (radius: fc.Arbitrary<number>) =>
  fc
    .record({
      radius,
      seed: fc.integer({ min: 1, max: 100_000 }),
      blocks: fc.array(
        fc.record({
          share: fc.double({ min: -1, max: 1, noNaN: true }),
          angle: fc.double({ min: 0.1, max: 3, noNaN: true }),
          isPair: fc.boolean(),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    })
    .map(({ radius: greatest, seed, blocks }) => {
      const drawn = blocks.slice(0, 3).map(({ share, angle, isPair }, i): Block => {
        const size = i === 0 ? greatest : greatest * share;
        return isPair && i < 2 ? { radius: Math.abs(size), angle } : { eigenvalue: size };
      });
      const D = diagonalOf(drawn);
      const n = Math.sqrt(D.length);
      return { greatest, n, ...similarTo(D, n, seed) };
    });

/** The eigenvalues of a block: one, or r (cos a +- i sin a). */
type Block = { readonly radius: number; readonly angle: number } | { readonly eigenvalue: number };

const blockOf = (block: Block): ReadonlyArray<Vector> => {
  if ("eigenvalue" in block) return [[block.eigenvalue]];
  const [c, s] = [block.radius * Math.cos(block.angle), block.radius * Math.sin(block.angle)];
  return [
    [c, -s],
    [s, c],
  ];
};

/** The blocks along the diagonal, all else 0. */
const diagonalOf = (blocks: ReadonlyArray<Block>): Vector => {
  const all = blocks.map(blockOf);
  const n = all.reduce((sum, { length }) => sum + length, 0);
  let before = 0;
  return all.flatMap((block) => {
    const at = before;
    before += block.length;
    return block.flatMap((row) => [
      ...Array.from({ length: at }, () => 0),
      ...row,
      ...Array.from({ length: n - at - row.length }, () => 0),
    ]);
  });
};

/** S D S^-1, where S is 1 along its diagonal and drawn above: its inverse has whatever numbers it has. */
const similarTo = (D: Vector, n: number, seed: number): { readonly W: Vector; readonly condition: number } => {
  const above = noise(seed, n * n);
  const S = identity(n).map((value, place) => (Math.floor(place / n) < place % n ? 2 * above[place]! : value));
  /** (1 + N)^-1 = 1 - N + N^2 - ..., which ends. */
  const N = S.map((value, place) => (place % (n + 1) === 0 ? 0 : -value));
  const powers = Array.from({ length: n - 1 }).reduce<ReadonlyArray<Vector>>(
    (all) => [...all, product(all.at(-1)!, N, n)],
    [identity(n)],
  );
  const inverse = plus(...powers);
  const condition = largestSingularValue(S, n) * largestSingularValue(inverse, n);
  return { W: product(product(S, D, n), inverse, n), condition };
};
