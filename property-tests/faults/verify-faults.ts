import { type Fault, faultsOf } from "./fault.ts";

const links = faultsOf("export/verify/links.ts");
const matching = faultsOf("export/verify/matching.ts");
const errors = faultsOf("export/verify/compared.ts");
const lengths = faultsOf("export/verify/lengths.ts");
const experiments = faultsOf("export/verify/experiments.ts");
const written = faultsOf("export/verify/written-map.ts");
const shrinking = faultsOf("export/verify/shrink.ts");

/** Mistakes in holding a user's own module of PyTorch against a program. */
export const verifyFaults: ReadonlyArray<Fault> = [
  links("of a sum of tensors each has the whole parameter", "(params[path]![i]! - rest)", "params[path]![i]!"),
  links("a matrix is turned by its rows", "places[(i % rows) * columns + Math.floor(i / rows)]!", "places[i]!"),
  matching(
    "rows that no parameter takes are left as they are",
    "|| claims.every((count) => count > 0) ||",
    "|| true ||",
  ),
  errors("what is no number on one side agrees", "Number.isNaN(error) ? Number.POSITIVE_INFINITY : error", "error"),
  errors("a tensor without a gradient has the right one", "given === null ? 0 :", "given === null ? rnnc[0]! :"),
  lengths(
    "no example is as long as they become",
    "name === long && example === 0 ? longest",
    "name === long && example === 9 ? longest",
  ),
  experiments(
    "the last matrix is where every difference is",
    "isSome(before.gradient[path]!) === isSome(expected.gradient[path]!)",
    "true",
  ),
  written("columns are counted from the first", "(row * width + columns.from) * across", "row * width * across"),
  shrinking("what differs is halved, and not made one less", "value - 1])", "1])"),
];
