import { type Fault, faultsOf } from "./fault.ts";

const joinedSums = faultsOf("loops/passes/joined-sums.ts");
const separate = faultsOf("loops/passes/separate-loops.ts");
const dense = faultsOf("loops/passes/dense-loops.ts");
const carried = faultsOf("loops/passes/carried-rows.ts");
const shared = faultsOf("loops/passes/shared-memory.ts");
const turns = faultsOf("loops/memory/overwriting.ts");
const slices = faultsOf("loops/segments/slice.ts");
const truths = faultsOf("loops/passes/truths-in-place.ts");
const indices = faultsOf("loops/loops-indices.ts");

/** Mistakes in passes over loops, after which these break the rules of their language: the validator names the pass. */
export const loopFaults: ReadonlyArray<Fault> = [
  joinedSums(
    "every turn of a scan clears the sum that it adds to",
    "...sum.clear, { ...scan, body: [...scan.body, ...turn] }",
    "{ ...scan, body: [...scan.body, ...sum.clear, ...turn] }",
    "sums-in-scans",
  ),
  joinedSums("a sum in a scan begins with what was there", "...sum.clear, { ...scan", "{ ...scan", "sums-in-scans"),
  indices(
    "a sum in a scan keeps the variable of the loop it was in",
    "term.variable === old ?",
    'term.variable === "old" ?',
    "sums-in-scans",
  ),
  separate(
    "a loop is parted from what computes its numbers",
    "...namesIn(loop).filter((name) => given.has(name)), ",
    "",
    "separate-loops",
  ),
  dense(
    "a loop over rows and columns goes over as many as rows by rows",
    "times(rows, columns) }, body",
    "times(rows, rows) }, body",
    "dense-loops",
  ),
  dense(
    "an index keeps its row when loops are joined",
    "variable !== outer.variable",
    'variable !== "outer"',
    "dense-loops",
  ),
  truths("a truth that others ask for too is told in one place", " || reads.get(name) !== 1", "", "truths-in-place"),
  carried(
    "a value that is read after its scan keeps one row",
    "first !== last || first < 0",
    "first < 0",
    "carried-rows",
  ),
  shared(
    "a value begins in the place of one that the same statement still reads",
    "last === first && makesWay(buffers, statements[last]!, old, next)",
    "last === first",
    "shared-memory",
  ),
  shared(
    "values that are needed at once stand in one place",
    "return last < first ||",
    "return first > 0 ||",
    "shared-memory",
  ),
  turns(
    "the rows that a scan still has to read count as free",
    "(buffer === old) === (Math.sign(shift) === ahead)",
    "true",
    "shared-memory",
  ),
  slices(
    "every segment stands where the last one does",
    "times(stride, start)),",
    "times(stride, dimension(dims.last))),",
    "segments",
  ),
];
