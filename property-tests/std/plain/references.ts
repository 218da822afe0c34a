import { temporalClassification, transduction } from "./alignments.ts";
import { conditionalField, hiddenMarkov, logPartition } from "./chains.ts";
import { deltaNet, gatedLinearAttention, mlstm, selectiveScan, silu, unit } from "./matrix-memories.ts";
import { convolved, layerNormLstm, normalised } from "./normalised.ts";
import {
  add,
  div,
  dot,
  each,
  greater,
  hadamard,
  mixture,
  mul,
  type Num,
  number,
  plus,
  scaled,
  sin,
  softmax,
  tanh,
  times,
  type Vec,
} from "./numbers.ts";
import {
  backward,
  chronoLstm,
  gru,
  gruResetAfter,
  gruWithoutBias,
  lru,
  lstm,
  lstm1997,
  lstmConcat,
  mgu,
  minGru,
  outputRnn,
  peephole,
  projectedLstm,
  type Recurrence,
  rnn,
  rnnConcat,
  rwkv,
  slstm,
  sum,
  type Weights,
} from "./recurrent.ts";

/** What a model of `cells.ts` is given for an example. */
export interface Given {
  /** The parameters of the whole model; those of the equation `h[t] = …` stand under `h`. */
  readonly weights: Weights;
  readonly x: ReadonlyArray<Vec>;
  /** Vectors over a second axis, or over one for each position. */
  readonly z: ReadonlyArray<Vec>;
  readonly ragged: ReadonlyArray<ReadonlyArray<Vec>>;
  readonly w: ReadonlyArray<number>;
  /** The length of an axis on which nothing is given. */
  readonly N: number;
}

/** The values of a model at every position, in equations of the papers that share nothing with the library's. */
export type Reference = (given: Given) => ReadonlyArray<Vec>;

const recurrence =
  (run: Recurrence): Reference =>
  ({ weights, x }) =>
    run(weights.at("h"), x);

/** Layers, each over the last one's states, and over what it is given beside them. */
const layers =
  (count: number, run: Recurrence, beside: (x: Vec) => Vec = () => []): Recurrence =>
  (weights, xs) =>
    Array.from({ length: count }, (_, l) => weights.at(`z.${l + 1}`)).reduce(
      (below, own, l) => run(own, l === 0 ? xs : below.map((h, t) => [...h, ...beside(xs[t]!)])),
      xs,
    );

const bothWays =
  (run: Recurrence, join: (f: Vec, g: Vec) => Vec): Recurrence =>
  (weights, xs) => {
    const [f, g] = [run(weights.at("f"), xs), backward(run)(weights.at("g"), xs)];
    return xs.map((_, t) => join(f[t]!, g[t]!));
  };
const laidEndToEnd = (f: Vec, g: Vec): Vec => [...f, ...g];

/** For each query the mixture of values by the softmax of the scores of keys; `sees` says which. */
const attending = (
  queries: ReadonlyArray<Vec>,
  keys: ReadonlyArray<Vec>,
  values: ReadonlyArray<Vec>,
  score: (q: Vec, k: Vec) => Num,
  sees: (t: number, j: number) => boolean = () => true,
): ReadonlyArray<Vec> =>
  queries.map((q, t) => {
    const seen = keys.flatMap((_, j) => (sees(t, j) ? [j] : []));
    return mixture(
      softmax(seen.map((j) => score(q, keys[j]!))),
      seen.map((j) => values[j]!),
    );
  });

/** Vaswani and others 2017, equation 1. */
const selfAttention =
  (sees?: (t: number, j: number) => boolean): Reference =>
  ({ weights, x }) => {
    const [queries, keys, values] = ["Q", "K", "V"].map((name) =>
      x.map((each) => times(weights.at("h").matrix(name), each)),
    );
    const root = number(Math.sqrt(queries![0]?.length ?? 1));
    return attending(queries!, keys!, values!, (q, k) => div(dot(q, k), root), sees);
  };

const byDots: Reference = ({ weights, x }) => attending(rnn()(weights.at("h"), x), rnn()(weights.at("h.2"), x), x, dot);

const last = (states: ReadonlyArray<Vec>): Vec => states.at(-1)!;

/** By the names of the standard cells: a test finds what is left out. */
export const references: Readonly<Record<string, Reference>> = {
  RNN: recurrence(rnn(sin)),
  RNNConcat: recurrence(rnnConcat),
  OutputRNN: recurrence(outputRnn),
  LSTM: recurrence(lstm),
  LSTMConcat: recurrence(lstmConcat),
  LSTM1997: recurrence(lstm1997),
  PeepholeLSTM: recurrence(peephole),
  ProjectedLSTM: recurrence(projectedLstm),
  ChronoLSTM: recurrence(chronoLstm),
  ChronoGRU: recurrence(gru),
  GRU: recurrence(gru),
  GRUWithoutBias: recurrence(gruWithoutBias),
  GRUResetAfter: recurrence(gruResetAfter),
  MGU: recurrence(mgu),
  MinGRU: recurrence(minGru),
  LRU: recurrence(lru),
  RWKV: recurrence(rwkv),
  SelectiveScan: recurrence(selectiveScan),
  SLSTM: recurrence(slstm),
  MLSTM: recurrence((weights, xs) =>
    mlstm(
      weights,
      xs.map((x) => scaled(number(4), x)),
    ),
  ),
  SiLU: ({ x }) => x.map((each) => each.map(silu)),
  UnitSiLU: ({ x }) => x.map(unit),
  DeltaNet: recurrence(deltaNet),
  GatedLinearAttention: recurrence(gatedLinearAttention),
  Stack: recurrence(layers(3, mgu)),
  StackWithInput: recurrence(layers(3, rnn(), (x) => x)),
  Bi: recurrence(bothWays(gru, laidEndToEnd)),
  BiSum: recurrence(bothWays(rnn(), (f, g) => plus(f, g))),
  BiMean: recurrence(bothWays(rnn(), (f, g) => scaled(number(0.5), plus(f, g)))),
  BiMax: recurrence(bothWays(rnn(), (f, g) => each((a, b) => greater(a!, b!), f, g))),
  BiStack: recurrence(layers(2, bothWays(rnn(), laidEndToEnd))),
  Hierarchy: ({ weights, x, ragged }) => {
    const low = ragged.map((words) => last(rnn()(weights.at("h.low"), words)));
    return mgu(weights.at("h.h"), low).map((h, t) => scaled(sum(h), x[t]!));
  },
  Embedding: ({ weights, x, w }) =>
    w.map((symbol, t) => each((a, b) => mul(a!, b!), weights.matrix("h.E")[symbol]!, x[t]!)),
  LayerNorm: ({ weights, x }) => rnn()(weights.at("h"), x).map((h) => normalised(weights.at("h.2"), h)),
  LayerNormLSTM: recurrence(layerNormLstm),
  Convolution: ({ weights, x }) => x.map((_, t) => convolved(weights.at("h"), x, [t - 3, t - 1, t + 1])),
  StridedConvolution: ({ weights, x, N }) => {
    const all = Array.from({ length: N }, (_, i) => sum(convolved(weights.at("c"), x, [2 * i, 2 * i + 1])));
    return x.map((each) => scaled(add(...all), each));
  },
  AttentionWeights: ({ x }) => attending(x, x, x, dot),
  Attend: byDots,
  DotScore: byDots,
  // Bahdanau, Cho and Bengio 2015, appendix A.1.2.
  AdditiveScore: ({ weights, x }) => {
    const { matrix, vector } = weights.at("h.2.a.e");
    const keys = rnn()(weights.at("h"), x);
    return attending(x, keys, x, (q, k) =>
      dot(vector("v"), plus(times(matrix("Wq"), q), times(matrix("Wk"), k)).map(tanh)),
    );
  },
  // Luong, Pham and Manning 2015, equation 8, "general".
  MultiplicativeScore: ({ weights, x }) =>
    attending(x, rnn()(weights.at("h"), x), x, (q, k) => dot(q, times(weights.matrix("h.2.a.e.W"), k))),
  SelfAttention: selfAttention(),
  CausalSelfAttention: selfAttention((t, j) => j <= t),
  Encode: ({ weights, x, z }) => x.map((each) => scaled(sum(last(gru(weights.at("h.h"), z))), each)),
  Decode: ({ weights, x, z }) => {
    const context = last(rnn()(weights.at("h.h"), z));
    const start = times(weights.matrix("h.2.P"), context).map(tanh);
    return rnn()(
      weights.at("h.2.s"),
      x.map((each) => [...each, ...context]),
      start,
    );
  },
  LogForward: ({ weights, x }) =>
    x.map((each, t) => scaled(logPartition(x.slice(0, t + 1), weights.matrix("A"), weights.vector("s")), each)),
  HMM: ({ weights, x, w }) => {
    const { matrix, vector } = weights.at("h");
    return x.map((each, t) => scaled(hiddenMarkov(w.slice(0, t + 1), vector("s"), matrix("A"), matrix("B")), each));
  },
  CTC: ({ x, w }) => x.map((each) => scaled(temporalClassification(x, w, 0.1), each)),
  Transducer: ({ x, z, w }) => {
    const scores = (t: number, u: number): Vec => (u === 0 ? x[t]! : hadamard(x[t]!, z[u - 1]!));
    return x.map((each) => scaled(transduction(scores, x.length, w, 0.1), each));
  },
  CRF: ({ weights, x, w }) => {
    const { matrix, vector } = weights.at("h");
    const likelihood = conditionalField(w, x, { A: matrix("A"), s: vector("s"), e: vector("e") });
    return x.map((each) => scaled(likelihood, each));
  },
};
