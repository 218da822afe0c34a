/** Each standard cell at work: what its model declares besides `x[t] : R[k]`, and the value it gives at every `t`. */
export interface Application {
  readonly declarations?: string;
  readonly value: string;
}

const sequence = (value: string): Application => ({ value });
const overPairs = (value: string): Application => ({ declarations: "axis j in 1..T", value });

/** The names are those of the cells: a test finds what is left out. */
export const applications: Readonly<Record<string, Application>> = {
  RNN: sequence("RNN(n, sin)(x[t])"),
  RNNConcat: sequence("RNNConcat(n)(x[t])"),
  OutputRNN: sequence("OutputRNN(n, k)(x[t])"),
  LSTM: sequence("LSTM(n, 1)(x[t])"),
  LSTMConcat: sequence("LSTMConcat(n)(x[t])"),
  LSTM1997: sequence("LSTM1997(n)(x[t])"),
  PeepholeLSTM: sequence("PeepholeLSTM(n)(x[t])"),
  ProjectedLSTM: sequence("ProjectedLSTM(n, k)(x[t])"),
  ChronoLSTM: sequence("ChronoLSTM(n, 16)(x[t])"),
  ChronoGRU: sequence("ChronoGRU(n, 16)(x[t])"),
  GRU: sequence("GRU(n)(x[t])"),
  GRUWithoutBias: sequence("GRUWithoutBias(n)(x[t])"),
  GRUResetAfter: sequence("GRUResetAfter(n)(x[t])"),
  MGU: sequence("MGU(n)(x[t])"),
  MinGRU: sequence("MinGRU(n)(x[t])"),
  LRU: sequence("LRU(n, k)(x[t])"),
  RWKV: sequence("RWKV(n)(x[t])"),
  SelectiveScan: sequence("SelectiveScan(n, 2)(x[t])"),
  LayerNorm: sequence("LayerNorm()(RNN(n)(x[t]))"),
  LayerNormLSTM: sequence("LayerNormLSTM(n)(x[t])"),
  Convolution: sequence("Convolution(n, 3, 2, 3)(x[t])"),
  StridedConvolution: {
    declarations: "axis i in 1..N\nc[i] = StridedConvolution(n, 2, 2)(x[t])",
    value: "x[t] * sum[i](sum(c[i]))",
  },
  SLSTM: sequence("SLSTM(n)(x[t])"),
  MLSTM: sequence("MLSTM(n)(4 * x[t])"),
  SiLU: sequence("SiLU(x[t])"),
  UnitSiLU: sequence("UnitSiLU(x[t])"),
  DeltaNet: sequence("DeltaNet(n, k)(x[t])"),
  GatedLinearAttention: sequence("GatedLinearAttention(n, k, 2)(x[t])"),
  Stack: sequence("Stack(MGU, n, 3)(x[t])"),
  StackWithInput: sequence("StackWithInput(RNN, n, 3)(x[t])"),
  Bi: sequence("Bi(GRU, n)(x[t])"),
  BiSum: sequence("BiSum(RNN, n)(x[t])"),
  BiMean: sequence("BiMean(RNN, n)(x[t])"),
  BiMax: sequence("BiMax(RNN, n)(x[t])"),
  BiStack: sequence("BiStack(RNN, n, 2)(x[t])"),
  Hierarchy: {
    declarations: "axis w in 1..W[t]\ninput z[t,w] : R[2]",
    value: "x[t] * sum(Hierarchy(RNN, n, MGU, 2)(z[t,w]))",
  },
  Embedding: { declarations: "input w[t] : symbol[4]", value: "Embedding(4, k)(w[t]) * x[t]" },
  AttentionWeights: overPairs("sum[j](AttentionWeights(DotScore)(x[t], x[j]) * x[j])"),
  Attend: overPairs("Attend(dot)(RNN(n)(x[t]), RNN(n)(x[j]), x[j])"),
  DotScore: overPairs("Attend(DotScore)(RNN(n)(x[t]), RNN(n)(x[j]), x[j])"),
  AdditiveScore: overPairs("Attend(AdditiveScore(2))(x[t], RNN(n)(x[j]), x[j])"),
  MultiplicativeScore: overPairs("Attend(MultiplicativeScore())(x[t], RNN(n)(x[j]), x[j])"),
  SelfAttention: overPairs("SelfAttention(n)(x[t], x[j])"),
  CausalSelfAttention: overPairs("CausalSelfAttention(n)(x[t], x[j])"),
  Encode: { declarations: "axis i in 1..N\ninput z[i] : R[2]", value: "x[t] * sum(Encode(GRU, n)(z[i]))" },
  Decode: {
    declarations: "axis i in 1..N\ninput z[i] : R[2]",
    value: "Decode(RNN, n)(x[t], Encode(RNN, n)(z[i]))",
  },
  LogForward: {
    declarations: "param A : R[k,k] ~ normal(0, 1)\nparam s : R[k] ~ normal(0, 1)",
    value: "x[t] * LogForward(x[t], A, s)",
  },
  HMM: { declarations: "input w[t] : symbol[4]", value: "x[t] * HMM(n, 4)(w[t])" },
  CTC: {
    declarations: "axis s in 1..S\ninput w[s] : symbol[k]\nc = CTC(x[t], w[s])",
    value: "x[t] * (if c > -1e9 then c else 0.1)",
  },
  Transducer: {
    declarations: "axis u in 1..U\ninput w[u] : symbol[k]\ninput z[u] : R[k]\nc = Transducer(x[t] * z[u], x[t], w[u])",
    value: "x[t] * (if c > -1e9 then c else 0.1)",
  },
  CRF: { declarations: "input w[t] : symbol[k]", value: "x[t] * CRF(k)(x[t], w[t])" },
};

/** Whether a cell at work has a size of its own, `n`. */
const hasState = (cell: string): boolean => /\bn\b/.test(textOf(applications[cell]!));

const textOf = ({ declarations = "", value }: Application): string => `${declarations} ${value}`;

/** The sizes of a cell at work. */
export const sizesOf = (cell: string, { n, k }: { readonly n: number; readonly k: number }): Record<string, number> =>
  hasState(cell) ? { n, k } : { k };

/** A regression on a cell's values. */
export const modelOf = (cell: string): string => {
  const { declarations = "", value } = applications[cell]!;
  const names = Object.keys(applications).filter((name) =>
    new RegExp(`\\b${name}\\b`).test(`${declarations} ${value}`),
  );
  return `import ${names.join(", ")} from "std"
model Around(${hasState(cell) ? "n = 3, " : ""}k = 2) {
  axis t in 1..T
  ${declarations.replaceAll("\n", "\n  ")}
  input x[t] : R[k]
  output h[t] = ${value}
  minimize sum[t](sumsq(h[t] - 0.3) + 0.5 * sum(sin(h[t])))
}
`;
};
