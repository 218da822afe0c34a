/**
 * The strongly connected components of a graph (Tarjan 1972), those that others lead to first: with edges from what
 * needs to what is needed, an order of computation. Without recursion, as a graph may be one long chain.
 */
export const components = (
  nodes: ReadonlyArray<string>,
  successors: (node: string) => ReadonlyArray<string>,
): ReadonlyArray<ReadonlyArray<string>> => {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const found: Array<ReadonlyArray<string>> = [];
  const lower = (node: string, value: number): void => void low.set(node, Math.min(low.get(node)!, value));

  const enter = (node: string): Visit => {
    index.set(node, index.size);
    low.set(node, index.get(node)!);
    open.push(node);
    isOpen.add(node);
    return { node, rest: [...successors(node)].reverse() };
  };
  const close = (node: string): void => {
    if (low.get(node) !== index.get(node)) return;
    const members = open.splice(open.lastIndexOf(node));
    for (const member of members) isOpen.delete(member);
    found.push(members);
  };

  for (const root of nodes) {
    if (index.has(root)) continue;
    const path: Visit[] = [enter(root)];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const next = top.rest.pop();
      if (next === undefined) {
        path.pop();
        close(top.node);
        const parent = path.at(-1);
        if (parent !== undefined) lower(parent.node, low.get(top.node)!);
      } else if (!index.has(next)) path.push(enter(next));
      else if (isOpen.has(next)) lower(top.node, index.get(next)!);
    }
  }
  return found;
};

interface Visit {
  readonly node: string;
  readonly rest: string[];
}
