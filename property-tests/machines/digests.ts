import { createHash, type Hash } from "node:crypto";
import { isLeft } from "fp-ts/lib/Either.js";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { randomExample } from "../../src/check/random-example.ts";
import { type CompileOptions, compile } from "../../src/compile.ts";
import type { Params } from "../../src/runtime/interface.ts";
import { type OptimiserName, optimiserRules } from "../../src/transform/training-step.ts";
import { someOf } from "../often.ts";
import { elementaryDigests } from "./elementary-digests.ts";

/** A little of everything that rounds: constants to fold, noise, every distribution, powers, all elementary functions. */
const source = `model M(n = 3, k = 2, m = 3, base = 1.7^0.3) {
  axis t in 1..T
  input x[t] : R[k]
  noise d[t] : normal
  param O, A, B
  param W ~ orthogonal
  param V ~ normal(0, 0.3)
  param c = 0.5
  h[0] = 0
  h[t] : R[n] = tanh(A h[t-1] + base * sin(B x[t]) + 0.1 * d[t])
  g[t] : R[n] = sigmoid(W h[t]) * cos(h[t]) + softplus(V x[t])
  y[t] : symbol[m] ~ categorical(softmax(O h[t]))
  z[t] ~ normal(sum(g[t]), 0.5 + c^2)
  minimize sum[t](sum((1 + h[t]^2)^0.7 + (2 + h[t])^(0.5 * c) + exp(h[t]) * log(2 + h[t]) + (2 + h[t])^-3))
}
`;

export const compiledEverything = (options: CompileOptions) => {
  const result = compile(source, options);
  if (isLeft(result)) throw new Error(JSON.stringify(result.left));
  return result.right;
};

const engines: ReadonlyArray<CompileOptions> = (["js", "wasm"] as const).flatMap((target) =>
  (["f64", "f32"] as const).map((precision) => ({ target, precision })),
);

const steps = 8;

const batches = (model: ReturnType<typeof compiledEverything>) => {
  const generator = xoroshiro128plus(5);
  return Array.from({ length: steps }, (_, seed) =>
    model.pack(
      Array.from({ length: 3 }, () => randomExample(model.model, generator, { least: 1, greatest: 5 })),
      seed,
    ),
  );
};

const putAll = (hash: Hash, params: Params): Hash => {
  for (const path of Object.keys(params).sort()) hash.update(path).update(params[path]!);
  return hash;
};

const trained = (options: CompileOptions, optimiser: OptimiserName): string => {
  const model = compiledEverything({ ...options, optimiser });
  const training = model.trainer(model.init(3));
  const hash = createHash("sha256");
  batches(model).forEach((batch, i) => {
    const { loss } = training.step(batch, { rate: 0.05 / (1 + i), scale: 0.7, clip: 1.5, clipValue: 0.9 });
    hash.update(String(loss));
  });
  return putAll(hash, training.params()).digest("hex");
};

const drawn = (options: CompileOptions): string => {
  const model = compiledEverything(options);
  const x = Array.from({ length: 6 }, (_, i) => [0.3 * i, 1 - i]);
  const generated = [1, 2, 3].map((seed) =>
    model.generate(model.init(seed), { seed, temperature: 0.7, length: 6, inputs: { x } }),
  );
  return createHash("sha256").update(JSON.stringify(generated)).digest("hex");
};

/** What must be the same bits wherever it is computed, by what it is of. */
export const digests = (): Readonly<Record<string, string>> => {
  const rules = Object.keys(optimiserRules) as ReadonlyArray<OptimiserName>;
  const ofTraining = engines.flatMap((options, turn) => {
    const where = `${options.target}, ${options.precision}`;
    return [
      ...someOf(rules, turn).map((name) => [`training by ${name}, ${where}`, trained(options, name)] as const),
      [`generating, ${where}`, drawn(options)] as const,
    ];
  });
  return { ...elementaryDigests(), ...Object.fromEntries(ofTraining) };
};
