/** The known name most like an unknown one, if one is alike enough to be what was meant. */
export const nearest = (name: string, known: Iterable<string>): string | undefined => {
  const worst = Math.max(1, Math.floor(name.length / 3));
  let best: { readonly name: string; readonly distance: number } | undefined;
  for (const other of known) {
    if (Math.abs(other.length - name.length) > worst) continue;
    const distance = name.toLowerCase() === other.toLowerCase() ? 0.5 : editDistance(name, other, worst);
    if (other !== name && distance <= worst && distance < (best?.distance ?? Infinity))
      best = { name: other, distance };
  }
  // A name of one letter is a letter away from every other: only its case can have been mistaken.
  return best === undefined || (name.length < 2 && best.distance >= 1) ? undefined : best.name;
};

/**
 * How many characters must be inserted, removed, replaced or swapped with their neighbour to make one text the other
 * (the optimal string alignment distance); beyond `worst`, at least that many.
 */
export const editDistance = (a: string, b: string, worst = Number.POSITIVE_INFINITY): number => {
  const from = [...a];
  const to = [...b];
  let beforeLast: ReadonlyArray<number> = [];
  let last: ReadonlyArray<number> = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (const [i, character] of from.entries()) {
    // A swap looks two rows back.
    const least = Math.min(...last, ...beforeLast);
    if (least > worst) return least;
    const row = [i + 1];
    to.forEach((other, j) => {
      const replaced = last[j]! + (character === other ? 0 : 1);
      const swapped =
        i > 0 && j > 0 && character === to[j - 1] && from[i - 1] === other ? beforeLast[j - 1]! + 1 : Infinity;
      row.push(Math.min(last[j + 1]! + 1, row[j]! + 1, replaced, swapped));
    });
    beforeLast = last;
    last = row;
  }
  return last[to.length]!;
};
