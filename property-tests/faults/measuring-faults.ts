import { type Fault, faultsOf } from "./fault.ts";

const metrics = faultsOf("measure/metrics.ts");
const bootstrap = faultsOf("measure/bootstrap.ts");
const confusion = faultsOf("measure/confusion.ts");
const season = faultsOf("measure/season.ts");
const past = faultsOf("measure/past.ts");

/** What `eval` tells. */
export const measuringFaults: ReadonlyArray<Fault> = [
  metrics("the root is left out of the RMSE", "    Math.sqrt,\n", ""),
  metrics("coverage is told of twice the interval", "deviations * said.deviation", "2 * deviations * said.deviation"),
  metrics("bits are nats", "(value) => value / Math.LN2", "(value) => value"),
  bootstrap(
    "examples are never drawn twice",
    "const first = uniformInt(generator, 0, examples - 1)",
    "const first = count",
  ),
  bootstrap("blocks are drawn as if each were one example", "count += block", "count += 1"),
  bootstrap("an interval is one of 90 %", "tail = 0.025", "tail = 0.05"),
  confusion("precision is recall", "taken === 0 ? 0 : right / taken", "support === 0 ? 0 : right / support"),
  confusion(
    "a class that is never told right has no part in the mean of F1",
    "if (bothOf[symbol] === 0) continue;",
    "if (rightOf[symbol] === 0) continue;",
  ),
  season("a season is looked for along the trend", "value - mean - slope * (i - time)", "value - mean"),
  past("the last value is the value itself", "known: (place) => row(place) - 1", "known: (place) => row(place)"),
];
