const inModel = (...lines: ReadonlyArray<string>): string =>
  `model M(k = 2, n = 4) {\n  axis t in 1..T\n  input x[t] : R[k]\n${lines.map((line) => `  ${line}\n`).join("")}}\n`;

/** Further programs that are wrong so, where one code has several faces. */
export const variants: Readonly<Record<string, ReadonlyArray<string>>> = {
  RNN001: [
    inModel("output a[t] := tanh(x[t])"),
    inModel("output a[t] = [x[t], x[t]]"),
    inModel("h_{t} = tanh(x[t])"),
    inModel("axis s 1..S"),
    inModel("output a[t] = if t = 1 then x[t] else 0"),
    "modl M {\n}\n",
  ],
  RNN005: ["model M {\n  a = b\n\ncell f(x) = x\n"],
  RNN101: [
    inModel("param W", "output a[t] : R[n] = tahn(W x[t])"),
    inModel("param W : R[n,m]", "output a[t] = tanh(W x[t])"),
  ],
  RNN108: [inModel("for l in 1..T {", "  z[l] = l", "}", "output a = z[1]")],
  RNN110: [inModel("z[0] = 1", "for l in 1..100000 {", "  z[l] = z[l-1] + 1", "}", "output r = z[100000]")],
  RNN111: [inModel("s[0,0] = 0", "output s[t] = s[t-1] + x[t]")],
  RNN112: [inModel("x[_] = 0", "output a[t] = x[t-T]"), inModel("output a[t] = sum[j](x[t])")],
  RNN118: ['import GRU from "std"\n\n'.concat(inModel("output h[t] = GRU(n)(x[t], x[t])"))],
  RNN126: [
    inModel("param A : R[n,k]", "output a = A[0,1]"),
    inModel("output a[t] = x[t,k+1]"),
    inModel("output a[t] = x[t][1.5]"),
    inModel("axis a in 1..n", "output z[t,a] = x[t,a]"),
    inModel("axis a in 1..n", "param v : R[n]", "output z[a] = v[a-1]"),
    inModel("param P : R[n,k]", "output z[t] = x[t] + P[t-1]"),
    inModel("output z[t] = x[t] + onehot(0)"),
  ],
  RNN127: [
    inModel("param E : R[n,k]", "input w[t] : symbol[n]", "output a[t] = if w[t] == k then x[t] else E[k]"),
    inModel("axis i in 1..N until y[i] == k", "y[i] ~ categorical(softmax(onehot(k)))").replace("x[t]", "z"),
  ],
  RNN130: [
    inModel("param E : R[n,k]", "input r[t] : R", "output a[t] = x[t][r[t]]"),
    inModel("param E : R[n,k]", "output a[t] = E[T] + x[t]"),
    inModel("output a[t] = x[t,1,2]"),
    inModel("param w : R[n]", "output a[t] = w + x[t]"),
    inModel("param W : R[n,k]", "output a[t] = W + x[t]"),
    inModel("param w : R[n]", "output a[t] = w^T x[t]"),
    inModel("param w : R[n]", "output a[t] = dot(w, x[t])"),
    inModel("param W, U : R[n,k]", "output a[t] = [W x[t]; U]"),
    inModel("output a[t] : R[n] = tanh(x[t])"),
    inModel("param W", "s[0] = 0", "output s[t] : R[n] = x[t] + s[t-1]"),
    inModel("y[t] : symbol[n] ~ categorical(softmax(x[t]))"),
  ],
  RNN134: [inModel("output a[t] = a[t] + x[t]")],
  RNN135: [inModel("g[_] = 0", "h[_] = 0", "g[t] = h[t+1] + x[t]", "output h[t] = g[t-1] + h[t-1]")],
};
