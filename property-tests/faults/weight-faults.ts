import { type Fault, faultsOf } from "./fault.ts";

const observed = faultsOf("transform/observed.ts");
const terms = faultsOf("elaborate/circuit/losses.ts");
const missing = faultsOf("runtime/missing.js");
const gaps = faultsOf("runtime/gaps.js");
const asked = faultsOf("module/circuits.ts");
const training = faultsOf("transform/training-step.ts");
const decays = faultsOf("runtime/trainer-options.js");

/** Mistakes with what values of targets count, and with what is not trained. */
export const weightFaults: ReadonlyArray<Fault> = [
  terms("a weight is lost", 'weight === undefined ? loss : b.map("times", weight, loss)', "loss"),
  terms("a weight of 0 does not absorb", 'b.map("times", weight, loss)', 'b.map("mul", weight, loss)'),
  observed(
    "the divisor of a loss per observation has a slope",
    'b.map("stop", b.map("times", given, renamed[weight]!))',
    'b.map("times", given, renamed[weight]!)',
  ),
  observed("what is missing counts", 'b.map("times", given, renamed[term]!)', "renamed[term]!"),
  missing(
    "what is missing may be read back at the next position",
    "position + place.by <= length",
    "position + place.by < length",
  ),
  gaps(
    "what is missing at the end of a chunk may be read back",
    "position + by > length",
    "position + by > length + 1",
  ),
  asked("what is fixed is trained", "paths.has(leaf.path)", "true"),
  training("biases decay when matrices alone are to", "!isMatrix({ path", "isMatrix({ path"),
  decays("matrices alone are all", 'weightDecayOf === "matrices" ? 0 : weightDecay', "weightDecay"),
];
