/** A program that reads a sequence with a standard cell of so many units. */
export const withCell = (cell: string, n: number): string => `import ${cell} from "std"
model M(n = ${n}, k = 5) {
  axis t in 1..T
  input x[t] : R[k]
  param v
  h[t] = ${cell}(n)(x[t])
  minimize sum[t](v^T h[t])
}`;
