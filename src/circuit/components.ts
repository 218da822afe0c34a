/**
 * The strongly connected components of a graph, producers before consumers (Tarjan 1972, without recursion).
 * `producers(v)` are the vertices that `v` uses. Vertices are visited in the order given, so the result is stable.
 */
export const components = <V>(
  vertices: ReadonlyArray<V>,
  producers: (v: V) => ReadonlyArray<V>,
): ReadonlyArray<ReadonlyArray<V>> => {
  const index = new Map<V, number>();
  const low = new Map<V, number>();
  const onStack = new Set<V>();
  const stack: V[] = [];
  const found: V[][] = [];
  const enter = (v: V) => {
    index.set(v, index.size);
    low.set(v, index.get(v)!);
    stack.push(v);
    onStack.add(v);
    return { v, next: 0, uses: producers(v) };
  };
  for (const root of vertices) {
    if (index.has(root)) continue;
    const path = [enter(root)];
    while (path.length > 0) {
      const frame = path[path.length - 1]!;
      if (frame.next < frame.uses.length) {
        const used = frame.uses[frame.next++]!;
        if (!index.has(used)) path.push(enter(used));
        else if (onStack.has(used)) low.set(frame.v, Math.min(low.get(frame.v)!, index.get(used)!));
        continue;
      }
      path.pop();
      const parent = path[path.length - 1];
      if (parent !== undefined) low.set(parent.v, Math.min(low.get(parent.v)!, low.get(frame.v)!));
      if (low.get(frame.v) === index.get(frame.v)) {
        const component: V[] = [];
        for (;;) {
          const v = stack.pop()!;
          onStack.delete(v);
          component.push(v);
          if (v === frame.v) break;
        }
        found.push(component.reverse());
      }
    }
  }
  return found;
};
