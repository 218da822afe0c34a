import {
  constant,
  type Dual,
  exp,
  greatest,
  logit,
  logShare,
  logSoftplus,
  logSum,
  minus,
  plus,
  product,
  share,
  sigmoid,
  softplus,
  tanh,
  times,
} from "./dual-logits.ts";

/** A way to spell something of the logits `x` and the symbol `y`, and what it is exactly. `z` is the first logit. */
export interface Spelling {
  readonly lines: string;
  readonly exact: (x: ReadonlyArray<Dual>, y: number) => Dual;
}

const all = <A>(make: (place: number) => A): ReadonlyArray<A> => [0, 1, 2].map(make);
const shareOf: Spelling["exact"] = (x, y) => share(y, ...x);
const logShareOf: Spelling["exact"] = (x, y) => logShare(y, ...x);
const sigmoidOf: Spelling["exact"] = ([z]) => sigmoid(z!);
const softplusOf: Spelling["exact"] = ([z]) => softplus(z!);
const negLogSigmoid: Spelling["exact"] = ([z]) => softplus(times(-1, z!));
const logSoftplusOf: Spelling["exact"] = ([z]) => logSoftplus(z!);
const logSumOf: Spelling["exact"] = (x) => logSum(...x);

const spelled = (lines: string, exact: Spelling["exact"]): Spelling => ({ lines, exact });

/** What overflows as it is written, and is finite as real numbers are. */
export const spellings: ReadonlyArray<Spelling> = [
  spelled("p = sigmoid(0.004 * z)\nminimize p / (1 - p)", ([z]) => exp(times(0.004, z!))),
  spelled("minimize 1 / (1 - sigmoid(0.004 * z))", ([z]) => plus(constant(1), exp(times(0.004, z!)))),
  spelled("p = softmax(x)\nminimize log(p[y])", logShareOf),
  spelled("p = softmax(x)\nminimize log(dot(p, onehot(y)))", logShareOf),
  spelled("p = softmax(x)\nminimize log(onehot(y)^T p)", logShareOf),
  spelled("e = exp(x)\nn = sum(e)\np = e / n\nminimize log(p[y])", logShareOf),
  spelled("minimize log((exp(x) / sum(exp(x)))[y])", logShareOf),
  spelled("minimize log(exp(x)[y]) - log(sum(exp(x)))", logShareOf),
  spelled("minimize log(exp(x)[y] / sum(exp(x)))", logShareOf),
  spelled("minimize -log(sum(exp(x)) / exp(x)[y])", logShareOf),
  spelled("minimize 2 * log(sqrt(softmax(x))[y])", logShareOf),
  spelled("minimize log(softmax(x)[y]^3) / 3", logShareOf),
  spelled("minimize log(softmax(x)[y]^2.5) / 2.5", logShareOf),
  spelled("minimize log(dot(if 0 < z then softmax(x) else softmax(x), onehot(y)))", logShareOf),
  spelled("minimize dot(log(softmax(x)), onehot(y))", logShareOf),
  spelled("h = step(x)\nminimize log(h[y])", logShareOf),
  spelled("[a; b] = softmax(x)\nf : R[2] = a\nminimize log(sum(f)) + log(b) + 0 * log(b)", (x) =>
    plus(logSum(logShare(0, ...x), logShare(1, ...x)), logShare(2, ...x)),
  ),
  spelled("axis i in 1..3\np[i] = softmax(x)\nminimize mean[i](log(p[i][y]))", logShareOf),
  spelled("axis i in 1..3\np[0] = softmax(x)\np[i] = softmax(x)\nminimize mean[i](log(p[i-1][y]))", logShareOf),
  spelled("axis i in 1..3\np[i] = softmax(x)\nminimize log(p[2][y])", logShareOf),

  spelled("minimize (exp(x) / sum(exp(x)))[y]", shareOf),
  spelled("minimize exp(x)[y] / sum(exp(x))", shareOf),
  spelled("minimize (exp(x) * (1 / sum(exp(x))))[y]", shareOf),
  spelled("minimize (softmax(x) * softmax(x))[y]", (x, y) => exp(times(2, logShare(y, ...x)))),
  spelled("q = softmax(x)[y]\nminimize -(1 - q)^2 * log(q)", (x, y) => {
    const rest = plus(constant(1), times(-1, share(y, ...x)));
    return times(-1, product(product(rest, rest), logShare(y, ...x)));
  }),
  spelled("a = exp(x)\nminimize sum(a * a) / (sum(a) * sum(a))", (x) =>
    plus(...all((i) => exp(times(2, logShare(i, ...x))))),
  ),
  spelled("minimize dot(exp(x), x) / sum(exp(x)) / 10000", (x) =>
    times(1e-4, plus(...all((i) => product(share(i, ...x), x[i]!)))),
  ),
  spelled("k = onehot(y)\nminimize log(dot(exp(x) * k, x * x + 1) / sum(exp(x)))", (x, y) =>
    plus(logShare(y, ...x), logOf(plus(product(x[y]!, x[y]!), constant(1)))),
  ),
  spelled("k = 1 - onehot(y)\nminimize log(sum(exp(x) * k))", (x, y) => logSum(...x.filter((_, i) => i !== y))),
  spelled("k = 1 - onehot(y)\np = exp(x) * k / sum(exp(x) * k)\nminimize sum(p * p)", (x, y) => {
    const left = x.filter((_, i) => i !== y);
    return plus(...left.map((_, i) => exp(times(2, logShare(i, ...left)))));
  }),

  spelled("minimize log(sum(exp(x)))", logSumOf),
  spelled("minimize logsumexp(x)", logSumOf),
  spelled("minimize log(mean(exp(x)))", (x) => plus(logSum(...x), constant(-Math.log(3)))),
  spelled("minimize -log(1 / sum(exp(x)))", logSumOf),
  spelled("minimize log(exp(z) + sum(exp(x)))", (x) => logSum(x[0]!, ...x)),
  spelled("minimize log(1 + sum(exp(x)))", (x) => logSum(constant(0), ...x)),
  spelled("minimize log(2 * exp(z) + 3)", ([z]) => logSum(plus(z!, constant(Math.LN2)), constant(Math.log(3)))),
  spelled("minimize log(exp(z) * exp(-z)) + sigmoid(z)", sigmoidOf),
  spelled("minimize exp(z) * exp(-z) + sigmoid(z)", ([z]) => plus(constant(1), sigmoid(z!))),
  spelled("minimize sqrt(exp(2 * z)) / exp(z) + sigmoid(z)", ([z]) => plus(constant(1), sigmoid(z!))),
  spelled("axis i in 1..3\nminimize log(sum[i](exp(i * z)))", ([z]) => logSum(z!, times(2, z!), times(3, z!))),
  spelled("axis i in 1..3\na[i] = exp(i * z)\nminimize a[2] / sum[i](a[i])", ([z]) =>
    share(1, z!, times(2, z!), times(3, z!)),
  ),
  spelled("axis i in 1..3\na[i] = exp(i * z)\nminimize sum[i](a[i] * i) / sum[i](a[i])", ([z]) =>
    plus(...all((i) => times(i + 1, share(i, z!, times(2, z!), times(3, z!))))),
  ),

  spelled("minimize log(1 + exp(z))", softplusOf),
  spelled("minimize log(exp(z) + 1)", softplusOf),
  spelled("minimize -log(1 - sigmoid(z))", softplusOf),
  spelled("p = sigmoid(x)\nminimize -log(1 - dot(p, onehot(y)))", (x, y) => softplus(x[y]!)),
  spelled("minimize -log(1 / (1 + exp(z)))", softplusOf),
  spelled("minimize -log(1 - 1 / (1 + exp(-z)))", softplusOf),
  spelled("p = 1 - sigmoid(z)\nminimize -log(p)", softplusOf),
  spelled("p = 1 - sigmoid(z)\nminimize -log(1 - p)", negLogSigmoid),
  spelled("minimize -log(1 / (1 + exp(-z)))", negLogSigmoid),
  spelled("minimize -log(exp(z) / (1 + exp(z)))", negLogSigmoid),
  spelled("minimize -log(logistic(z))", negLogSigmoid),
  spelled("minimize log(softplus(z))", logSoftplusOf),
  spelled("minimize -log(1 / softplus(z))", logSoftplusOf),
  spelled("minimize log(softplus(x)[y])", (x, y) => logSoftplus(x[y]!)),
  spelled("minimize log(sqrt(softplus(z)) * exp(2 * z))", ([z]) => plus(times(0.5, logSoftplus(z!)), times(2, z!))),
  spelled("minimize log(softplus(z) + softplus(2 * z))", ([z]) => logSum(logSoftplus(z!), logSoftplus(times(2, z!)))),
  spelled("minimize log(sum(softplus(x)))", (x) => logSum(...x.map(logSoftplus))),
  spelled("minimize log(max(exp(z), exp(x)[y]))", (x, y) => greatest(x[0]!, x[y]!)),
  spelled("minimize log(min(exp(z), exp(x)[y]))", (x, y) => times(-1, greatest(times(-1, x[0]!), times(-1, x[y]!)))),
  spelled("minimize log(max(exp(z), 2))", ([z]) => greatest(z!, constant(Math.LN2))),
  spelled("minimize log(max(exp(z), 0))", ([z]) => z!),
  spelled("minimize log(max(2 * exp(x)))", (x) => plus(greatest(...x), constant(Math.LN2))),
  spelled("minimize log(max(exp(z), exp(-z)) + exp(2 * z))", ([z]) =>
    logSum(greatest(z!, times(-1, z!)), times(2, z!)),
  ),
  spelled("minimize exp(z) / max(exp(z), exp(x)[y])", (x, y) => exp(minus(x[0]!, greatest(x[0]!, x[y]!)))),
  spelled("minimize log((z * z + 1)^50)", ([z]) => times(50, logOf(plus(product(z!, z!), constant(1))))),
  spelled("minimize 1 / (1 + exp(-z))", sigmoidOf),
  spelled("minimize (1 + exp(-z))^(-1)", sigmoidOf),
  spelled("minimize exp(z) / (1 + exp(z))", sigmoidOf),
  spelled("minimize exp(z) / (exp(z) + 1)", sigmoidOf),
  spelled("e = exp(-z)\nn = 1 + e\nminimize 1 / n", sigmoidOf),
  spelled("minimize logistic(z)", sigmoidOf),
  spelled("minimize 3 / (2 + exp(-z))", ([z]) => times(1.5, sigmoid(plus(z!, constant(Math.LN2))))),
  spelled("minimize 2 / (1 + exp(-2 * z)) - 1", ([z]) => tanh(z!)),
  spelled("minimize (exp(z) - exp(-z)) / (exp(z) + exp(-z))", ([z]) => tanh(z!)),
  spelled("minimize (1 - exp(-2 * z)) / (1 + exp(-2 * z))", ([z]) => tanh(z!)),
  spelled("minimize (exp(2 * z) - 1) / (exp(2 * z) + 1)", ([z]) => tanh(z!)),
  spelled("minimize log(exp(1 + z * z) - 1)", ([z]) => {
    const w = plus(constant(1), product(z!, z!));
    return plus(w, logOf(minus(constant(1), exp(times(-1, w)))));
  }),
  spelled("minimize 1 / (exp(1 + z * z) - 1)", ([z]) => {
    const w = plus(constant(1), product(z!, z!));
    return exp(times(-1, plus(w, logOf(minus(constant(1), exp(times(-1, w)))))));
  }),
  spelled("minimize log(1 - tanh(z)^2)", ([z]) =>
    times(-1, plus(softplus(times(2, z!)), softplus(times(-2, z!)), constant(-2 * Math.LN2))),
  ),
  spelled("minimize exp(z) / (exp(z) + exp(x)[y])", (x, y) => sigmoid(minus(x[0]!, x[y]!))),
  spelled("minimize exp(z) / (1 + sum(exp(x)))", (x) => share(1, constant(0), ...x)),
  spelled("minimize 0.5 * ((1 / exp(z))^2 / exp(abs(z) * 4)) + log(exp(z))", ([z]) =>
    z!.value < 0 ? plus(z!, times(0.5, exp(times(2, z!)))) : plus(z!, times(0.5, exp(times(-6, z!)))),
  ),
];

const logOf = (x: Dual): Dual => ({ value: Math.log(x.value), slopes: x.slopes.map((slope) => slope / x.value) });

export const logits = (x: ReadonlyArray<number>): ReadonlyArray<Dual> => x.map((_, i) => logit(x, i));
