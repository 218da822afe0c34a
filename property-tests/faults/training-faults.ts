import { type Fault, faultsOf } from "./fault.ts";

const accumulate = faultsOf("train/accumulate.ts");
const schedule = faultsOf("train/schedule.ts");
const watch = faultsOf("train/watch.ts");
const step = faultsOf("train/step.ts");
const log = faultsOf("train/log.ts");
const files = faultsOf("train/run-files.ts");
const renamed = faultsOf("weights/renamed.ts");
const decode = faultsOf("weights/decode.ts");
const types = faultsOf("weights/element-types.ts");
const swept = faultsOf("cli/sweep-options.ts");

/** Steps, what is measured on the way, and what is saved. */
export const trainingFaults: ReadonlyArray<Fault> = [
  accumulate(
    "batches are added without their shares",
    "(sum[path]?.[i] ?? 0) + value * shares",
    "(sum[path]?.[i] ?? 0) + value",
  ),
  accumulate("noise is the same in all batches of a step", " ^ Math.imul(part, 0x85ebca6b)", ""),
  schedule(
    "a warm-up ends where it should begin",
    "(rate * step) / (warmup + 1)",
    "(rate * (warmup + 1 - step)) / (warmup + 1)",
  ),
  schedule("a cosine ends half way down", "Math.PI * Math.min", "(Math.PI / 2) * Math.min"),
  schedule("a linear fall ends a step too soon", "(step - warmup - 1) / Math.max(1", "(step - warmup) / Math.max(1"),
  watch("what is equally good is better", "!(heldOut >= (watch", "!(heldOut > (watch"),
  watch("patience is never lost", "watch.vain >= patience", "watch.vain > patience + 1e9"),
  watch("a plateau is told again at every evaluation", "vainHere: falls ? 0 : vainHere", "vainHere"),
  watch(
    "the last weights are taken for the best",
    "last !== null && last.step === step && last.heldOut <= best.heldOut ? params : best.params",
    "params",
  ),
  step(
    "the rate is that of the step before",
    "rateAt(schedule, step, watch.plateaus)",
    "rateAt(schedule, done, watch.plateaus)",
  ),
  step("what windows carry is dropped", "continues && training.carried !== null", "false && training.carried !== null"),
  log("a log keeps the lines of steps that are taken again", "({ step }) => step <= begun.step", "() => true"),
  files("the bytes of a file of tensors are not compared", "sha256(found) === digest", "digest !== ''"),
  renamed("shapes of weights are not compared", "shape.join() !== tensor.shape.join()", "false"),
  decode("tensors may overlap", "if (begin !== at)", "if (begin > at)"),
  types("a small half-precision number has the wrong size", "2 ** -14", "2 ** -15"),
  swept("a number that is written otherwise is another run", "String(Number(value)) : value", "value : value"),
];
