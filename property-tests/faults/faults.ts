import { absorbingFaults } from "./absorbing-faults.ts";
import { blockFaults } from "./block-faults.ts";
import { countingFaults } from "./counting-faults.ts";
import { dataFaults } from "./data-faults.ts";
import { derivativeFaults } from "./derivative-faults.ts";
import { drawingFaults } from "./drawing-faults.ts";
import { type Fault, faultsOf } from "./fault.ts";
import { flowFaults } from "./flow-faults.ts";
import { gateFaults } from "./gate-faults.ts";
import { handingFaults } from "./handing-faults.ts";
import { loopFaults } from "./loop-faults.ts";
import { measuringFaults } from "./measuring-faults.ts";
import { nativeFaults } from "./native-faults.ts";
import { onnxFaults } from "./onnx-faults.ts";
import { pytorchFaults } from "./pytorch-faults.ts";
import { reportFaults } from "./report-faults.ts";
import { streamFaults } from "./stream-faults.ts";
import { trainingFaults } from "./training-faults.ts";
import { verifyFaults } from "./verify-faults.ts";
import { weightFaults } from "./weight-faults.ts";

const batch = faultsOf("transform/batch.ts");
const scale = faultsOf("transform/batch-loss.ts");
const chunks = faultsOf("transform/resumable.ts");
const steps = faultsOf("transform/step.ts");
const streams = faultsOf("transform/stream.ts");
const laws = faultsOf("transform/laws.ts");
const structure = faultsOf("transform/structure-laws.ts");
const contraction = faultsOf("transform/contraction.ts");
const sums = faultsOf("circuit/sum.ts");
const unfolding = faultsOf("circuit/unfold-rules.ts");
const backward = faultsOf("circuit/unfold-gradient.ts");
const meaning = faultsOf("circuit/evaluate-rules.ts");
const values = faultsOf("circuit/pointwise.ts");
const reading = faultsOf("elaborate/circuit/read.ts");
const bounds = faultsOf("elaborate/bounds.ts");
const algebra = faultsOf("elaborate/circuit/algebra.ts");
const standing = faultsOf("elaborate/circuit/over-axes.ts");
const random = faultsOf("elaborate/circuit/random.ts");
const javascript = faultsOf("emit/javascript/scalar.ts");
const elementary = faultsOf("elementary/functions.ts");
const exponentials = faultsOf("elementary/exponential.ts");
const sharing = faultsOf("emit/wasm/sharing.ts");
const packing = faultsOf("emit/packing.ts");
const vectors = faultsOf("emit/vectorisable.ts");
const order = faultsOf("schedule/order/order.ts");
const lifetimes = faultsOf("loops/memory/lifetime.ts");
const joinedSums = faultsOf("loops/passes/joined-sums.ts");
const layers = faultsOf("schedule/order/layers.ts");
const turns = faultsOf("schedule/statements/sum-order.ts");
const besides = faultsOf("loops/segments/carried-rows.ts");
const slices = faultsOf("loops/segments/slice.ts");
const places = faultsOf("schedule/recompute/phases.ts");
const joined = faultsOf("transform/joined/join-products.ts");
const split = faultsOf("transform/split-products.ts");
const draws = faultsOf("transform/unnormalised-draws.ts");
const starts = faultsOf("runtime/initialise.js");
const remainders = faultsOf("elementary/remainder.ts");
const roots = faultsOf("transform/stable/roots.ts");
const products = faultsOf("elaborate/circuit/product-over.ts");
const functions = faultsOf("elaborate/functions.ts");
const terms = faultsOf("elaborate/circuit/term.ts");
const dense = faultsOf("loops/passes/dense-loops.ts");
const separate = faultsOf("loops/passes/separate-loops.ts");
const repeated = faultsOf("emit/wasm/repeated.ts");
const repeatedCalls = faultsOf("emit/wasm/repeated-call.ts");
const inJavascript = faultsOf("emit/javascript/back-end.ts");
const names = faultsOf("emit/javascript/names.ts");
const printing = faultsOf("emit/javascript/program.ts");
const panels = faultsOf("emit/javascript/kernels/product-of-panels.js");
const tiles = faultsOf("emit/wasm/product/tile.ts");
const padding = faultsOf("runtime/padding.js");
const stream = faultsOf("runtime/stream.js");
const leaves = faultsOf("runtime/leaves.js");
const training = faultsOf("transform/training-step.ts");
const choices = faultsOf("runtime/choose.js");
const noises = faultsOf("runtime/noise.js");
const verdict = faultsOf("check/verdict.ts");
const holds = faultsOf("check/loss-near.ts");
const difference = faultsOf("check/difference.ts");

/** Mistakes all over the compiler. */
export const faults: ReadonlyArray<Fault> = [
  ...derivativeFaults,
  ...countingFaults,
  ...gateFaults,
  ...absorbingFaults,
  ...loopFaults,
  ...weightFaults,
  ...handingFaults,
  ...drawingFaults,
  ...pytorchFaults,
  ...onnxFaults,
  batch("lengths are those of the first example", "over: [...over, batchAxis]", "over"),
  scale("the mean is the sum", 'b.map("div", total, b.length(batchAxis))', "total"),

  chunks(
    "a chunk counts positions from its own start",
    'builder.map("add", builder.index(axis), builder.input(positionName, own))',
    "builder.index(axis)",
  ),
  chunks(
    "a chunk begins afresh",
    'b.map("select", b.input(resumeName, []), resumed, fresh)',
    'b.map("select", b.input(resumeName, []), fresh, fresh)',
  ),
  chunks("the state is taken one position early", "offset: -back }", "offset: -back - 1 }"),
  steps(
    "steps count positions from 0",
    "builder.input(positionName, own), builder.constant(1)",
    "builder.input(positionName, own), builder.constant(0)",
  ),
  steps("of a longer delay only the nearest state moves up", "ahead === state.ahead + 1", "ahead === state.ahead"),
  steps("the state is the delayed value, not the value", "isLast ? nodeAt(circuit, delay).inputs[1]! : delay", "delay"),
  streams("a model that looks ahead streams", "op.by > 0 && dependsOnPositionOnly", "dependsOnPositionOnly"),

  laws(
    "a negated difference keeps its order",
    'neg(apply("sub", x, y)), apply("sub", y, x)',
    'neg(apply("sub", x, y)), apply("sub", x, y)',
  ),
  laws(
    "negation is lost from a product",
    'apply("mul", neg(x), y), neg(apply("mul", x, y))',
    'apply("mul", neg(x), y), apply("mul", x, y)',
  ),
  laws("a value times minus one is itself", 'apply("mul", x, number(-1)), neg(x)', 'apply("mul", x, number(-1)), x'),
  laws("log of a sigmoid loses a sign", "log(sigmoid(x)), neg(softplus(neg(x)))", "log(sigmoid(x)), neg(softplus(x))"),
  laws(
    "a second power is a doubling",
    'apply("pow", x, number(2)), apply("mul", x, x)',
    'apply("pow", x, number(2)), apply("add", x, x)',
  ),
  structure(
    "a known condition chooses the other branch",
    "known !== 0 ? whenTrue : whenFalse",
    "known !== 0 ? whenFalse : whenTrue",
  ),
  structure(
    "a slice of a slice forgets the inner start",
    "b.slice(op.axis, op.from + from, size, inputs[0]!)",
    "b.slice(op.axis, from, size, inputs[0]!)",
  ),
  structure("a slice of a part starts where the whole does", "from - starts[part]!, size", "0, size"),
  structure(
    "the position at the end is the one before",
    'return { tag: "fromEnd", offset: 0 };',
    'return { tag: "fromEnd", offset: -1 };',
  ),
  contraction(
    "a factor that leaves a sum is dropped",
    "b.map(fn, outer, inner) : b.map(fn, inner, outer)",
    "inner : inner",
  ),
  contraction(
    "a factor that may be infinite leaves a sum of nothing",
    "bound.length > 0 || breaks",
    "bound.length > 0",
  ),

  sums("an axis that an operand lacks is not counted", 'b.map("mul", operand, b.length(axis))', "operand"),
  unfolding("unfolded, a delay by two is a delay by one", "index[axis.key]! - by", "index[axis.key]! - Math.sign(by)"),
  backward(
    "back-propagation takes only the last path",
    "gradients[cell.of[place]!]! += slope * gradients[i]!",
    "gradients[cell.of[place]!] = slope * gradients[i]!",
  ),
  meaning(
    "evaluated, a slice begins at the start",
    "from + index[featureAxis(axis.slot, size).key]!",
    "index[featureAxis(axis.slot, size).key]!",
  ),
  values(
    "sigmoid of a negative number is that of its opposite",
    "Math.exp(x) / (1 + Math.exp(x))",
    "1 / (1 + Math.exp(x))",
  ),

  reading(
    "a delay reads one position too far",
    "b.delay(axis, by, boundary, source)",
    "b.delay(axis, by + Math.sign(by), boundary, source)",
  ),
  reading(
    "deeper boundaries stand one position off",
    "b.constant(position.position + by)",
    "b.constant(position.position + by + 1)",
  ),
  bounds(
    "a boundary for a position is taken for another",
    'position === undefined ? "inside" : JSON.stringify(Object.values(position))',
    'position === undefined ? "inside" : "there"',
  ),
  algebra("a transpose is the matrix", "featureAxis(1 - axis.slot, axis.size)", "featureAxis(axis.slot, axis.size)"),
  algebra(
    "a softmax is not divided by its sum",
    'return b.map("div", shifted, b.sum(over, shifted));',
    "return shifted;",
  ),
  standing(
    "what is divided by nothing where an axis is empty is no number",
    "singular[fn] === i ? finite(operand, 1) : operand",
    "operand",
  ),
  reading(
    "a position of what is the same everywhere need not exist",
    "require(axis, place.position, lengthFor",
    "if (hasAxis(b.node(value).axes, axis)) require(axis, place.position, lengthFor",
  ),
  algebra("a mean is a sum", 'b.map("div", b.sum(over, x), b.sum(over, b.constant(1)))', "b.sum(over, x)"),
  random(
    "the normal's deviation is not divided by",
    'b.map("div", b.map("sub", y.node, mean!.node), deviation!.node)',
    'b.map("sub", y.node, mean!.node)',
  ),
  random(
    "the truth of a bernoulli is swapped",
    'b.map("less", b.constant(0.5), y.node)',
    'b.map("less", y.node, b.constant(0.5))',
  ),

  javascript(
    "a choice takes the other branch",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what is replaced is the text of a template.
    "? ${value(scalar.then, names)} : ${value(scalar.else, names)}",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: what is replaced is the text of a template.
    "? ${value(scalar.else, names)} : ${value(scalar.then, names)}",
  ),
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what is replaced is the text of a template.
  javascript("at most is less than", "<= ${value(b!, names)}", "< ${value(b!, names)}"),
  javascript("the minimum is the maximum", 'min: prefix("Math.min")', 'min: prefix("Math.max")'),
  elementary(
    "softplus of a positive number forgets the number",
    "select(less(number(0), x), x, number(0))",
    "number(0)",
  ),
  exponentials(
    "one plus an exponential is rounded twice",
    "add(power, add(scale, mul(power, lessOne)))",
    "add(add(power, scale), mul(power, lessOne))",
  ),
  sharing("an operand that changed is not packed again", "!written.has(last.left.buffer) && ", ""),
  packing("weights that a turn changes are packed before all turns", "!buffers.has(right.buffer) && ", ""),
  vectors(
    "turns that read each other's results are taken at once",
    "other.buffer !== store.buffer || isSafePair(other.index, store.index, size)",
    "other.buffer !== store.buffer || size !== null",
  ),
  order(
    "a loop runs along an axis of which both neighbours are read",
    "distances.every((d) => d !== undefined && d >= 0)",
    "distances.some((d) => d !== undefined && d >= 0)",
  ),
  layers(
    "a function may wait for one of its layer",
    "isFunction ? before + 1 : before",
    "isFunction ? before : before",
  ),
  layers("a value goes to the last of the layers that read it", "Math.min(...latest)", "Math.max(...latest)"),
  joinedSums(
    "a sum in a scan reads rows that later turns make",
    " && accessesTo(sum.loop, id).every(isOwnRow(sum.loop))",
    "",
  ),
  joinedSums("a sum joins a scan that runs the other way", "one.descending === other.descending && ", ""),
  lifetimes(
    "a buffer's place is given away after its first use",
    "(places.at(-1) ?? -1)",
    "(places[0] ?? -1)",
    "carried-rows",
  ),
  padding("padding is read as it is", "if (!valid) values.fill(", "if (valid && !valid) values.fill("),
  stream(
    "a stream always stands at its first position",
    "step.arena()[step.offset(slot)] = position;",
    "step.arena()[step.offset(slot)] = 0;",
  ),
  stream(
    "a stream goes on with the parameters that it was first given",
    "values === loaded[i]",
    "loaded[i] !== undefined",
  ),
  leaves(
    "a resumed chunk is told that it is the first",
    "arena[offset] = state === undefined ? 0 : 1;",
    "arena[offset] = 0;",
  ),
  difference(
    "a difference is taken one-sidedly",
    "(value(step) - value(-step)) / (2 * step)",
    "(value(2 * step) - value(0)) / (2 * step) + 1e-4",
  ),
  verdict(
    "the gradient check passes what is not a number",
    "Number.isFinite(gradient) && Number.isFinite(value)",
    "Number.isFinite(value)",
  ),
  verdict("errors of the gradient are measured by 1", "Math.max(Math.abs(gradient), Math.abs(value), 1e-3 * own)", "1"),
  training(
    "the weights of AdamW shrink whatever the rate",
    'b.map("mul", b.map("mul", number("rate"), number("weightDecay")), given.x)',
    'b.map("mul", number("weightDecay"), given.x)',
  ),
  choices(
    "the temperature does not spread normal draws",
    "Math.sqrt(temperature) * random.normal()",
    "random.normal()",
  ),
  choices(
    "the temperature of a normal draw is its deviation",
    "Math.sqrt(temperature) * random.normal()",
    "temperature * random.normal()",
  ),
  choices(
    "the temperature does not sharpen truths",
    "(portableLog(1 - p) - portableLog(p)) / temperature",
    "portableLog(1 - p) - portableLog(p)",
  ),
  noises("normal noise has a deviation of 1", "mean + parameter * random.normal()", "mean + random.normal()"),
  scale(
    "of two targets the observations of the last alone count",
    '.reduce((sum, each) => b.map("add", sum, each), b.constant(0))',
    ".reduce((_, each) => each, b.constant(0))",
  ),
  holds("differences vary what stands in stop", "model.holding?.(params, batch) ?? model.loss", "model.loss"),

  turns(
    "sums over time run forwards, whatever the pass",
    "isFromEnd: (id) => isBackwards(phaseOf(id) ?? 0),",
    "isFromEnd: () => false,",
  ),
  besides(
    "a segment begins with the state before the last one of the segment before",
    "times(fixed(length - count), rowSize)",
    "times(fixed(length - count - 1), rowSize)",
  ),
  besides(
    "every segment is computed again from the state before the first",
    "times(times(dimension(number), fixed(kept)), rowSize),",
    "times(fixed(0), rowSize),",
  ),
  slices(
    "the last segment alone counts in a sum",
    'accumulate: product.accumulate || side === "k",',
    "accumulate: product.accumulate,",
    "segments",
  ),
  inJavascript(
    "sums in single precision are rounded after each segment",
    'sumsInDouble: (precision) => precision === "f32"',
    "sumsInDouble: () => false",
  ),
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what is replaced is the text of a template.
  names("a value is not rounded where it is read at once", "(text) => `rounded(${text})`", "(text) => text"),
  printing(
    "panels kept for one product are kept where those of another stand",
    "const place = [stretch, ",
    "const place = [0, ",
  ),
  panels("a column that the last panel lacks is written", "Math.min(2, n - 1) * cn", "2 * cn"),
  places(
    "a recurrence is computed in a pass of the other direction",
    "if (inside.has(source)) return isPassed;",
    "if (inside.has(source)) return true;",
  ),
  lifetimes(
    "what a pass carries is overwritten after its first segment",
    "(isWhole || first < prepared || last > to)",
    "(isWhole || last > to)",
    "shared-memory",
  ),
  split(
    "every part of a concatenation meets the first columns",
    "const share = { from: starts[first]!, size",
    "const share = { from: 0, size",
  ),
  split("a slice of a sum has one of its terms", 'return b.map("add", ...below(axis));', "return below(axis)[0]!;"),
  joined(
    "the parts of one product are taken in another order",
    "b.slice(run.axis, run.starts[at]!, group[at]!.along.size, joint)",
    "b.slice(run.axis, run.starts[run.starts.length - 1 - at]!, group[at]!.along.size, joint)",
  ),
  dense(
    "the rows of a transpose are taken for neighbours",
    "byRow!.every((term, i) => equalSizes(term.stride, times(byColumn![i]!.stride, columns)))",
    "byRow!.length < 2",
  ),
  separate("what one loop writes and another reads is apart", "written.has(buffer) || ", ""),
  repeated("loops are one function whose numbers differ in the sign of a zero", 'Object.is(value, -0) ? "-0" : ', ""),
  repeatedCalls(
    "the buffers of a repeated loop come in another order",
    "...starts, countCode",
    "...starts.toReversed(), countCode",
  ),
  starts("a function of a draw starts a parameter from the draw", "values.at(-1) ?? []", "values[0] ?? []"),
  remainders("what is left may be below 0", "select(less(rest, number(0)), add(rest, y), rest)", "rest"),
  roots("a norm has an infinite slope at 0", 'b.map("stop", sum)', 'b.map("sqrt", sum)'),
  products(
    "a product of an odd number of components forgets the last",
    "if (axis.size % 2 === 0) return halves;",
    "return halves;",
  ),
  products("the product of no position is 0", "last, one) : last", "last, b.constant(0)) : last"),
  functions("a value at its lower bound is clipped", 'b.map("lessEqual", low, x)', 'b.map("less", low, x)'),
  terms(
    "the greatest component is counted from the last",
    'b.map("neg", b.maximum([axis], b.map("neg", place)))',
    "b.maximum([axis], place)",
  ),
  draws("a draw goes by what its logarithms are taken from", "&& varying[0] === inputs[0]))", "))"),
  tiles(
    "a tile of sums begins with its first row four times",
    "increase(row, get(resultStep!)),",
    "increase(row, int.constant(0)),",
  ),
  ...blockFaults,
  ...dataFaults,
  ...streamFaults,
  ...trainingFaults,
  ...measuringFaults,
  ...nativeFaults,
  ...flowFaults,
  ...reportFaults,
  ...verifyFaults,
];
