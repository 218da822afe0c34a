import type { Params } from "../../runtime/interface.ts";
import type { Computed } from "./answers.ts";
import { compared, type Expected } from "./compared.ts";
import type { Link } from "./links.ts";

/** Parameters that are set to 0 on both sides, to see whether what differs goes away. */
export type Zeroed = ReadonlyArray<string>;

/**
 * What is set to 0, stage by stage: each parameter; those of a gate (`l.Wz`, `l.Uz`, `l.bz`: the same path and letters behind the first);
 * two parameters; two gates. So many at most of each.
 */
export const stages = (paths: ReadonlyArray<string>, most = 300): ReadonlyArray<ReadonlyArray<Zeroed>> => {
  const letters = new Map<string, ReadonlyArray<string>>();
  for (const path of paths) {
    const cut = path.lastIndexOf(".") + 1;
    const gate = path.slice(cut + 1);
    if (gate === "") continue;
    const key = path.slice(0, cut) + gate;
    letters.set(key, [...(letters.get(key) ?? []), path]);
  }
  const gates = [...letters.values()].filter((group) => group.length > 1 && group.length < paths.length);
  const singles = paths.map((path) => [path]);
  return [singles, gates, pairs(singles), pairs(gates)].map((stage) => stage.slice(0, most));
};

const pairs = (groups: ReadonlyArray<Zeroed>): ReadonlyArray<Zeroed> =>
  groups.flatMap((one, i) => groups.slice(i + 1).map((other) => [...one, ...other]));

export const withZeros = (params: Params, zeroed: Zeroed): Params =>
  Object.fromEntries(
    Object.entries(params).map(([path, values]) => [path, zeroed.includes(path) ? values.map(() => 0) : values]),
  );

/**
 * Whether both sides agree in the loss and in the gradients by all others, each of which still reaches the loss if it did before:
 * with the last matrix at 0 all agrees, and nothing is told by it.
 */
export const agreesWithout = (
  zeroed: Zeroed,
  before: Expected,
  expected: Expected,
  computed: Computed,
  links: ReadonlyArray<Link>,
  tolerance: number,
): boolean => {
  const { loss, parameters } = compared(expected, computed, links);
  return (
    loss.error <= tolerance &&
    parameters.every(
      ({ path, error }) =>
        zeroed.includes(path) ||
        (error <= tolerance && isSome(before.gradient[path]!) === isSome(expected.gradient[path]!)),
    )
  );
};

const isSome = (values: ArrayLike<number>): boolean => Array.from(values).some((value) => value !== 0);

export const zeroedText = (zeroed: Zeroed): string =>
  `with ${zeroed.join(", ")} = 0 on both sides they agree: look at where ${zeroed.length === 1 ? "it stands" : "they stand"} in the equations`;

/** Parameters whose gradient is 0 throughout on one side alone, whenever the other's is not. */
export const usedByOne = (
  cases: ReadonlyArray<{
    readonly expected: Expected;
    readonly computed: Computed;
    readonly links: ReadonlyArray<Link>;
  }>,
): { readonly byModel: ReadonlyArray<string>; readonly byModule: ReadonlyArray<string> } => {
  const uses = cases.flatMap(({ expected, computed, links }) =>
    links.flatMap(({ path, parts }) =>
      expected.gradient[path] === undefined
        ? []
        : [
            {
              path,
              model: isSome(expected.gradient[path]),
              module: parts.some(({ tensor, places }) => {
                const given = computed.gradient[tensor] ?? null;
                return given !== null && places.some((place) => given[place] !== 0);
              }),
            },
          ],
    ),
  );
  const paths = [...new Set(uses.map(({ path }) => path))];
  const by = (one: "model" | "module", other: "model" | "module"): ReadonlyArray<string> =>
    paths.filter((path) => {
      const own = uses.filter((use) => use.path === path);
      return own.some((use) => use[one]) && own.every((use) => !use[other]);
    });
  return { byModel: by("model", "module"), byModule: by("module", "model") };
};
