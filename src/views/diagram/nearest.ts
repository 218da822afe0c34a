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
  reads.forEach((sources, vertex) => {
    through.push(
      isShown(vertex) ? new Set([vertex]) : new Set(sources.flatMap((source) => [...(through[source] ?? [])])),
    );
  });
  return (vertex) => [...new Set(reads[vertex]!.flatMap((source) => [...through[source]!]))].sort((a, b) => a - b);
};
