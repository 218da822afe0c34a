import { type Fault, faultsOf } from "./fault.ts";

const cut = faultsOf("data/formats/cut.ts");
const dataset = faultsOf("data/dataset.ts");
const encoded = faultsOf("data/encoded.ts");
const example = faultsOf("data/coding/example.ts");
const learn = faultsOf("data/coding/learn.ts");
const unknown = faultsOf("data/coding/unknown.ts");
const decode = faultsOf("data/coding/decode.ts");
const expectations = faultsOf("transform/expectations.ts");
const scaling = faultsOf("data/coding/scaling.ts");
const values = faultsOf("data/coding/values.ts");
const order = faultsOf("data/order.ts");
const feed = faultsOf("data/feed.ts");
const sample = faultsOf("data/sample.ts");

/** From files to examples and back. */
export const dataFaults: ReadonlyArray<Fault> = [
  cut("a line's end inside of quotes ends a record", "isQuoted = !isQuoted", "isQuoted = false"),
  cut("a record is told to stand a line further down", "startLine = line;", "startLine = line + 1;"),
  dataset(
    "a window that is held out begins in the training part",
    "{ ...of, rows: of.rows.subarray(at) },",
    "{ ...of, rows: of.rows.subarray(Math.max(0, at - 1)) },",
  ),
  dataset(
    "a part that is drawn at random is the last part",
    'by === "random" ? permutation(generatorOf(firstCursor(seed)), count) : places',
    "places",
  ),
  encoded("a bad record too many is left out", "skipped.length < allowed", "skipped.length <= allowed"),
  example("what is missing of an input is 1", "size === undefined ? 0 :", "size === undefined ? 1 :"),
  example("a mask tells what is missing", "hasGap(value) ? 0 : 1;", "hasGap(value) ? 1 : 0;"),
  example(
    "a mask of two inputs tells where either is",
    "Math.min(Number(a), Number(b))",
    "Math.max(Number(a), Number(b))",
  ),
  learn("vocabularies are made of what is held out, too", "if (!isTraining && variable.isOpen) continue;", ""),
  learn("scales are made of what is held out, too", "if (!isTraining) continue;", ""),
  unknown("every symbol counts as unknown", "value === unknown ? 1 : 0", "1"),
  decode(
    "predictions lack the mean that normalising took away",
    "number * scaling.deviation[i]! + scaling.mean[i]!",
    "number * scaling.deviation[i]!",
  ),
  expectations(
    "the first class is always the likeliest",
    "const greatest = b.maximum([symbols], node);",
    'const greatest = b.map("neg", b.maximum([symbols], b.map("neg", node)));',
  ),
  scaling("a deviation is a variance", "Math.sqrt(squares / Math.max(1, count))", "squares / Math.max(1, count)"),
  values("a target reaches a row too far ahead", "shares ? ahead : window", "shares ? ahead - 1 : window"),
  order("batches by length are in the order of the file", "lengths[a]! - lengths[b]!", "a - b"),
  order(
    "an order by length leaves an example out",
    "order.subarray(portion * size, (portion + 1) * size)",
    "order.subarray(portion * size, (portion + 1) * size - (portion > 1 ? 1 : 0))",
  ),
  feed("every epoch has the order of the first", "random: afterEpoch(cursor)", "random: cursor.random"),
  sample("windows overlap by one step less", "(_, i) => i * stride", "(_, i) => i * (stride + 1)"),
];
