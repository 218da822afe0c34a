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
    inModel("output a[t] == tanh(x[t])"),
    inModel("param W, U,", "output a[t] = tanh(x[t])"),
    inModel("output a[t] = tanh(x[t],)"),
    inModel("output a[t] = tanh(W : R[n,k] x[t])"),
  ],
  RNN005: ["model M {\n  a = b\n\ncell f(x) = x\n"],
  RNN008: ["import RNN from “std”\n"],
  RNN101: [
    inModel("output h[t] = LSTM(n)(x[t])"),
    inModel("output a[t] = σ(x[t])"),
    inModel("output b"),
    inModel("param W", "output a[t] : R[n] = tahn(W x[t])"),
    inModel("param W : R[n,m]", "output a[t] = tanh(W x[t])"),
  ],
  RNN102: [
    inModel("a[t] = tanh(x[t])", "output a[T]", "output a"),
    'import RNN from "std"\n\n'.concat(inModel("output h[t] = RNN(n)(x[t]) with h[0] = 1, h[0] = 2")),
    'import LSTM from "std"\n\n'.concat(inModel("output h[t] = LSTM(n, n = 3)(x[t])")),
  ],
  RNN107: ['import LSTM from "std"\n\n'.concat(inModel("output h[t] = LSTM(n, forgt = 1)(x[t])"))],
  RNN115: ['import LSTM from "std"\n\n'.concat(inModel("output h[t] = LSTM(n, tanh)(x[t])"))],
  RNN124: [
    inModel("param W : R[k] ~ log(uniform)", "output a[t] = W * x[t]"),
    inModel("param W : R[k] ~ softmax(normal)", "output a[t] = W * x[t]"),
  ],
  RNN139: [
    inModel("param w : R[k] ~ log(uniform(-1, 2))", "output a[t] = w * x[t]"),
    inModel("param w : R[k] ~ exp(uniform(2, 1))", "output a[t] = w * x[t]"),
  ],
  RNN153: [
    inModel("output a[t] = mod(t, T) * x[t]"),
    inModel("output a[t] = mod(0.5 * t, 2) * x[t]"),
    inModel("output a[t] = mod(t, 0) * x[t]"),
  ],
  RNN117: ["cell f(a) = a * a\n\n".concat(inModel("output b[t] = backward f(x[t])"))],
  RNN145: [
    inModel("output h[t] = x[t] + tanh(x[t]) when 0").replace("x[t] + ", ""),
    "cell sq(a) = a * a\n\n".concat(inModel("output b[t] = sq(x[t]) when 0.5")),
    "cell F(x[t]) -> h[t] {\n  h[_] = 0\n  h[t] = tanh(h[t-2] + x[t])\n}\n\n".concat(
      inModel("output h[t] = F(x[t]) when 0.5"),
    ),
    "cell F(x[t]) -> y[t] {\n  a[_] = 0\n  a[t] = x[t]\n  y[t] = a[t-1] + a[t+1]\n}\n\n".concat(
      inModel("output y[t] = F(x[t]) reset t == 2"),
    ),
    "cell G(x[t], z[s]) -> h[t,s] {\n  h[0,_] = 0\n  h[_,0] = 0\n  h[t,s] = tanh(h[t-1,s] + h[t,s-1] + x[t] + z[s])\n}\n\n".concat(
      inModel("axis s in 1..S", "input z[s] : R", "output h[t,s] = G(sum(x[t]), z[s]) when 0.5"),
    ),
    "cell P(x[t], z[s]) -> h[t] {\n  h[0] = 0\n  h[t] = tanh(h[t-1] + x[t] + sum[s](z[s]))\n}\n\n".concat(
      inModel("axis s in 1..S", "input z[s] : R", "output h[t] = P(sum(x[t]), z[s]) when z[s]"),
    ),
  ],
  RNN108: [inModel("for l in 1..T {", "  z[l] = l", "}", "output a = z[1]")],
  RNN110: [inModel("z[0] = 1", "for l in 1..100000 {", "  z[l] = z[l-1] + 1", "}", "output r = z[100000]")],
  RNN190: [inModel("axis s in 0..S-1", "input z[s] : R", "output a[s] = z[s]", "output b = z[S]")],
  RNN133: [inModel("axis s in 1..S", "h[0,s] = 0", "h[t,_] = 1", "output h[t,s] = h[t-1,s-1] + sum(x[t])")],
  RNN111: [inModel("s[0] = 0", "output s[t] = s(t-1) + x[t]"), inModel("s[0,0] = 0", "output s[t] = s[t-1] + x[t]")],
  RNN112: [inModel("output a[t] = sum[j](x[t])")],
  RNN125: [inModel("input w[t] : R", "y[t] ~ normal(sum(x[t]), 1) * w[t]")],
  RNN146: [
    inModel("output a[t] = x[t-T]"),
    inModel("output a[t] = x[2*t]"),
    inModel("axis s in 1..6", "axis i in 1..4", "input z[s] : R", "output a[i] = z[2*i-2]"),
  ],
  RNN147: [
    inModel("axis i in 1..I", "input w[i] : symbol[4]", "output a[i] = x[i*i]"),
    inModel("axis i in 1..I", "param p", "output a[i] = x[i*T] * p"),
  ],
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
    inModel("param w : R[k]", "y[t] ~ normal(sum(x[t]), 1) weight w * x[t]"),
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
    inModel("param U : R[k,n]", "output a[t] = tanh(x[t] U)"),
    inModel("param U", "output a[t] : R[n] = tanh(x[t] U)"),
    inModel("y[t] : symbol[n] ~ categorical(softmax(x[t]))"),
    'import LSTM from "std"\n\n'.concat(inModel("output h[t] = LSTM(n)(x[t]) when x[t]")),
  ],
  RNN134: [inModel("output a[t] = a[t] + x[t]")],
  RNN135: [inModel("g[_] = 0", "h[_] = 0", "g[t] = h[t+1] + x[t]", "output h[t] = g[t-1] + h[t-1]")],
};
