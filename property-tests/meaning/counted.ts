/** What a count reads, by hand: the values given, and where the equation stands. */
export interface Given {
  readonly A: ReadonlyArray<ReadonlyArray<number>>;
  readonly S: ReadonlyArray<ReadonlyArray<number>>;
  readonly P: ReadonlyArray<ReadonlyArray<number>>;
  readonly v: ReadonlyArray<number>;
  readonly x: ReadonlyArray<ReadonlyArray<number>>;
  readonly w: ReadonlyArray<number>;
}

export interface Counted {
  /** The right side of `y[indices] = …`. */
  readonly value: string;
  readonly indices: ReadonlyArray<Letter>;
  /** One number or the components, where each letter is a position from 1. */
  readonly meaning: (given: Given, at: Readonly<Record<Letter, number>>) => number | ReadonlyArray<number>;
}

export type Letter = "t" | "a" | "b" | "c";

const counted = (value: string, indices: string, meaning: Counted["meaning"]): Counted => ({
  value,
  indices: [...indices] as Letter[],
  meaning,
});

/** Every form in which something is counted, with what it means: arrays here begin at 0, so each count is one less. */
export const countedForms: ReadonlyArray<Counted> = [
  counted("A[a]", "a", ({ A }, { a }) => A[a - 1]!),
  counted("A[a,b]", "ab", ({ A }, { a, b }) => A[a - 1]![b - 1]!),
  counted("A[a][b]", "ab", ({ A }, { a, b }) => A[a - 1]![b - 1]!),
  counted("A[b+1]", "b", ({ A }, { b }) => A[b]!),
  counted("A[1 + b - 1]", "b", ({ A }, { b }) => A[b - 1]!),
  counted("A[2]", "", ({ A }) => A[1]!),
  counted("A[3,1]", "", ({ A }) => A[2]![0]!),
  counted("A[a,2]", "a", ({ A }, { a }) => A[a - 1]![1]!),
  counted("A[3,b]", "b", ({ A }, { b }) => A[2]![b - 1]!),
  counted("(A^T)[b]", "b", ({ A }, { b }) => A.map((row) => row[b - 1]!)),
  counted("(A^T)[b,a]", "ab", ({ A }, { a, b }) => A[a - 1]![b - 1]!),
  counted("v[1]", "", ({ v }) => v[0]!),
  counted("v[a]", "a", ({ v }, { a }) => v[a - 1]!),
  counted("v[b+1] - v[b]", "b", ({ v }, { b }) => v[b]! - v[b - 1]!),
  counted("v[a] * v[c]", "ac", ({ v }, { a, c }) => v[a - 1]! * v[c - 1]!),
  counted("S[a,a]", "a", ({ S }, { a }) => S[a - 1]![a - 1]!),
  counted("S[b+1,b]", "b", ({ S }, { b }) => S[b]![b - 1]!),
  counted("S[a,c] + S[c,a]", "ac", ({ S }, { a, c }) => S[a - 1]![c - 1]! + S[c - 1]![a - 1]!),
  counted("x[t,a]", "ta", ({ x }, { t, a }) => x[t - 1]![a - 1]!),
  counted("x[t][b+1]", "tb", ({ x }, { t, b }) => x[t - 1]![b]!),
  counted("x[t][3]", "t", ({ x }, { t }) => x[t - 1]![2]!),
  counted("x[T,1]", "", ({ x }) => x.at(-1)![0]!),
  counted("x[t,a] * v[a]", "ta", ({ x, v }, { t, a }) => x[t - 1]![a - 1]! * v[a - 1]!),
  counted("P[t]", "t", ({ P }, { t }) => P[t - 1]!),
  counted("P[t+1]", "t", ({ P }, { t }) => P[t]!),
  counted("P[t,2]", "t", ({ P }, { t }) => P[t - 1]![1]!),
  counted("P[t,b]", "tb", ({ P }, { t, b }) => P[t - 1]![b - 1]!),
  counted("x[t][w[t]]", "t", ({ x, w }, { t }) => x[t - 1]![w[t - 1]!]!),
  counted("A[w[t]]", "t", ({ A, w }, { t }) => A[w[t - 1]!]!),
  counted("A[w[t],b]", "tb", ({ A, w }, { t, b }) => A[w[t - 1]!]![b - 1]!),
  counted("S[a,w[t]]", "ta", ({ S, w }, { t, a }) => S[a - 1]![w[t - 1]!]!),
  counted("(S v)[a]", "a", ({ S, v }, { a }) => S[a - 1]!.reduce((sum, s, i) => sum + s * v[i]!, 0)),
  counted("tanh(v)[2]", "", ({ v }) => Math.tanh(v[1]!)),
  counted("softmax(v)[a]", "a", ({ v }, { a }) => Math.exp(v[a - 1]!) / v.reduce((sum, u) => sum + Math.exp(u), 0)),
  counted("([v; 0.5])[4] + v[3]", "", ({ v }) => 0.5 + v[2]!),
  counted("A^T onehot(2)", "", ({ A }) => A[1]!),
  counted("A^T onehot(a)", "a", ({ A }, { a }) => A[a - 1]!),
  counted("P^T onehot(t)", "t", ({ P }, { t }) => P[t - 1]!),
  counted("v + onehot(3)", "", ({ v }) => v.map((u, i) => u + Number(i === 2))),
  counted("v * onehot(b+1)", "b", ({ v }, { b }) => v.map((u, i) => u * Number(i === b))),
  counted("sum[a](v[a] * A[a])", "", ({ v, A }) => [0, 1].map((j) => v.reduce((sum, u, i) => sum + u * A[i]![j]!, 0))),
  counted("sum[a](v[a] * onehot(a))", "", ({ v }) => v),
  counted("max[a](v[a])", "", ({ v }) => Math.max(...v)),
  counted("if a == 2 then v[a] else 0", "a", ({ v }, { a }) => (a === 2 ? v[1]! : 0)),
];

/** A program of one such form, whose loss depends on all that it gives. */
export const sourceOf = ({ value, indices, meaning }: Counted): string => {
  const result = meaning(shaped, { t: 1, a: 1, b: 1, c: 1 });
  const isVector = typeof result !== "number";
  const y = indices.length === 0 ? "y" : `y[${indices.join()}]`;
  const term = isVector ? `sum(sin(${y}) * ${y})` : `sin(${y}) * ${y}`;
  return `model M {
  axis t in 1..T
  axis a in 1..3
  axis b in 1..2
  axis c in 1..3
  input x[t] : R[3]
  input w[t] : symbol[3]
  param A : R[3,2] ~ normal(0, 1)
  param S : R[3,3] ~ normal(0, 1)
  param P : R[5,2] ~ normal(0, 1)
  param v : R[3] ~ normal(0, 1)
  output ${y}${isVector ? ` : R[${result.length}]` : ""} = ${value}
  minimize ${indices.length === 0 ? term : `sum[${indices.join()}](${term})`}
}
`;
};

const shaped: Given = {
  A: [
    [0, 0],
    [0, 0],
    [0, 0],
  ],
  S: [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ],
  P: Array.from({ length: 5 }, () => [0, 0]),
  v: [0, 0, 0],
  x: [[0, 0, 0]],
  w: [0],
};
