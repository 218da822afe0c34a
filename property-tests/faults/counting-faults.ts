import { type Fault, faultsOf } from "./fault.ts";

const components = faultsOf("elaborate/circuit/component.ts");
const ranges = faultsOf("elaborate/counting.ts");
const limits = faultsOf("runtime/limits.js");
const initialising = faultsOf("runtime/initialise.js");
const positions = faultsOf("elaborate/circuit/variable.ts");
const places = faultsOf("schedule/lower/look-up.ts");
const given = faultsOf("runtime/positions.js");
const orders = faultsOf("schedule/place/axis-order.ts");
const views = faultsOf("schedule/statements/views.ts");
const buffers = faultsOf("schedule/place/values.ts");
const printing = faultsOf("views/equations/counted.ts");

/** Mistakes with what equations count. */
export const countingFaults: ReadonlyArray<Fault> = [
  components("positions pick components counted from 0", "reversed ? by : by - 1", "by"),
  components(
    "a component's number is counted from 0",
    "b.slice(rows, index.value - 1, 1, table.node)",
    "b.slice(rows, index.value % rows.size, 1, table.node)",
  ),
  components(
    "an axis counts from the first component, whatever its offset",
    "b.slice(rows, index.by, size, table.node)",
    "b.slice(rows, 0, size, table.node)",
  ),
  components(
    "a diagonal is a renaming like any other",
    "size === undefined || hasAxis(b.node(table.node).axes, index.axis)",
    "size === undefined || (hasAxis(b.node(table.node).axes, index.axis) && index.by < 0)",
  ),
  ranges(
    "the last component that an axis counts is not checked",
    "Math.max(first, last ?? first) <= size",
    "first <= size",
  ),
  ranges("component 0 is let through", "isWhole && first >= 1", "isWhole && first >= 0"),
  ranges("a table of positions has no end where it is read ahead", "Math.min(size - by,", "Math.min(size,"),
  limits("an axis may be one longer than its table", "valid && length > most", "valid && length > most + 1"),
  limits("a chunk's positions begin anew", "state?.position ?? 0", "0"),
  initialising(
    "every position of a parameter starts from the same numbers",
    "values.set(rule(own, random, init), from)",
    "values.set(rule(own, newGenerator(seed, path), init), from)",
  ),
  positions(
    "the positions of a parameter lie after its components",
    "[...axes, ...own].map(",
    "[...own, ...axes].map(",
  ),
  places("a computed position is counted from 0", 'call("sub", value, number(1))', "value"),
  given(
    "a position in the data may be one too great",
    "value >= 1 && value <= length",
    "value >= 1 && value <= length + 1",
  ),
  given("positions that are computed may begin at 0", "if (least < 1 ||", "if (least < 0 ||"),
  orders("positions that are picked lie inside the batch", 'axis.tag !== "feature"', 'axis.tag === "batch"'),
  views(
    "a boundary that is computed from what is delayed is written before it",
    "return seen.has(source);",
    "return seen.size === 0;",
  ),
  buffers(
    "a boundary of each turn is written once for all",
    "return !pathOf(placing, boundaryOf(id)).some(",
    "return pathOf(placing, boundaryOf(id)).some(",
  ),
  printing("a number is printed as symbols are numbered", "return number(known + 1)", "return number(known)"),
];
