import type { Page } from "../../syntax/page.ts";

/** What a caller asks for and a program cannot give. */
export const optionPage = {
  code: "RNN090",
  title: "wrong option",
  meaning:
    "What is asked for when compiling has to be something that the compiler knows and the program has. With `--wrt` a gradient by inputs is asked for besides that by the parameters, which is always there: each name has to be an input's.",
  wrong: `model M(n = 4) {
  axis t in 1..T
  input x[t] : R[n]
  param h0 : R[n]
  h[0] = h0
  h[t] = tanh(h[t-1] + x[t])
  minimize sum[t](sumsq(h[t]))
}
`,
  wrt: ["h0"],
  fix: ["param h0", "input h0"],
} as const satisfies Page;
