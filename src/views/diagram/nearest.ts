/**
 * For each vertex, those shown that it reads directly or through others that are not shown.
 *
 * `reads` may point forwards from shown vertices alone, so that one walk in order suffices.
 */
export const nearestShown = (
  reads: ReadonlyArray<ReadonlyArray<number>>,
  isShown: (vertex: number) => boolean,
): ((vertex: number) => ReadonlyArray<number>) => {
  const through: Array<ReadonlySet<number>> = [];
  const none: ReadonlySet<number> = new Set();
  reads.forEach((sources, vertex) => {
    const [only = -1] = sources;
    // What reads one other, as copies do, shares its set: graphs are large.
    if (isShown(vertex)) through.push(new Set([vertex]));
    else if (sources.length === 1) through.push(through[only] ?? none);
    else through.push(new Set(sources.flatMap((source) => [...(through[source] ?? none)])));
  });
  return (vertex) => [...new Set(reads[vertex]!.flatMap((source) => [...through[source]!]))].sort((a, b) => a - b);
};
