/** A model of symbols, with a parameter that nothing reads. */
export const source = `import LSTM from "std"
model M(n = 3, k = 2, m = 3) {
  axis t in 1..T
  input x[t] : R[k]
  param O
  param unread : R[2]
  h[t] = LSTM(n)(x[t])
  y[t] : symbol[m] ~ categorical(softmax(O h[t]))
}
`;
