/**
 * A directed acyclic graph of random variables and of what they determine. What has no parents and is determined is
 * known, as a constant.
 */
export interface GraphicalModel {
  /** Parents stand before their children. */
  readonly variables: ReadonlyArray<GraphicalVariable>;
}

export interface GraphicalVariable {
  readonly name: string;
  readonly parents: ReadonlyArray<string>;
  /** Whether it is a function of its parents. */
  readonly isDetermined: boolean;
}

/**
 * Whether two variables are independent given others in every distribution that the graph admits: no trail between them
 * is open (Pearl 1988). What the given ones determine is as good as given (Geiger, Verma and Pearl 1990).
 *
 * A trail is open if its colliders are given or have a given descendant, and nothing else on it is known.
 */
export const isSeparated = (model: GraphicalModel, a: string, b: string, given: ReadonlyArray<string>): boolean => {
  const known = knownFrom(model, given);
  return known.has(a) || known.has(b) || !openFrom(model, a, given, known).has(b);
};

/** What is given, and all that is a function of it. */
export const knownFrom = ({ variables }: GraphicalModel, given: ReadonlyArray<string>): ReadonlySet<string> => {
  const known = new Set(given);
  for (const { name, parents, isDetermined } of variables)
    if (isDetermined && parents.every((parent) => known.has(parent))) known.add(name);
  return known;
};

/** Where open trails from a variable lead: each step goes on from a variable that was entered from a child or a parent. */
const openFrom = (
  { variables }: GraphicalModel,
  start: string,
  given: ReadonlyArray<string>,
  known: ReadonlySet<string>,
): ReadonlySet<string> => {
  const parents = new Map(variables.map((variable) => [variable.name, variable.parents]));
  const children = new Map<string, string[]>(variables.map(({ name }) => [name, []]));
  for (const { name, parents: above } of variables) for (const parent of above) children.get(parent)!.push(name);
  const opensColliders = ancestorsOf(parents, given);
  const seen = new Set<string>();
  const reached = new Set<string>();
  const queue: Visit[] = [{ name: start, from: "child" }];
  for (let visit = queue.pop(); visit !== undefined; visit = queue.pop()) {
    const { name, from } = visit;
    if (seen.has(`${from} ${name}`)) continue;
    seen.add(`${from} ${name}`);
    const isKnown = known.has(name);
    if (!isKnown) reached.add(name);
    if (from === "child" ? !isKnown : opensColliders.has(name))
      for (const parent of parents.get(name)!) queue.push({ name: parent, from: "child" });
    if (!isKnown) for (const child of children.get(name)!) queue.push({ name: child, from: "parent" });
  }
  return reached;
};

interface Visit {
  readonly name: string;
  readonly from: "child" | "parent";
}

/** The variables themselves and all above them. */
const ancestorsOf = (
  parents: ReadonlyMap<string, ReadonlyArray<string>>,
  of: ReadonlyArray<string>,
): ReadonlySet<string> => {
  const found = new Set(of);
  for (const name of found) for (const parent of parents.get(name)!) found.add(parent);
  return found;
};
