import { type Mistake, x } from "./mistakes.ts";
import { body } from "./programs.ts";

/** Mistakes with shapes, boundaries, order and losses. */
export const mistakesOfMeaning: ReadonlyArray<Mistake> = [
  {
    law: "operands have equal shapes, and both are shown with their origin",
    source: body(`${x}input z[t] : R[2]\noutput a[t] = x[t] + z[t]`),
    code: "RNN130",
    at: "x[t] + z[t]",
    says: /R\[4\].*R\[2\][\s\S]*declared with 4[\s\S]*declared with 2/,
  },
  {
    law: "columns are rows in a product",
    source: body(`${x}param U : R[4,3]\noutput a[t] = U x[t]`),
    code: "RNN130",
    at: "U x[t]",
    says: /columns on the left/,
  },
  {
    law: "two vectors have no product",
    source: body(`${x}output a[t] = x[t] x[t]`),
    code: "RNN130",
    at: "x[t] x[t]",
    says: /v\^T x/,
  },
  {
    law: "a symbol is no number",
    source: body("input w[t] : symbol[3]\noutput a[t] = w[t] + 1"),
    code: "RNN130",
    at: "w[t] + 1",
    says: /onehot/,
  },
  {
    law: "a categorical variable is a symbol",
    source: body(`${x}y[t] : R[4] ~ categorical(softmax(x[t]))`),
    code: "RNN130",
    at: "categorical(softmax(x[t]))",
    says: /symbol/,
  },
  {
    law: "a shape is determined by something",
    source: body("param v\nminimize sum(v)"),
    code: "RNN131",
    at: "v",
    says: /R\[n\]/,
  },
  {
    law: "a boundary belongs to an equation",
    source: body("h[0] = 0"),
    code: "RNN132",
    at: "h[0]",
    says: /no equation/,
  },
  {
    law: "what reads the past has a value before the start",
    source: body(`${x}output h[t] = tanh(h[t-1] + x[t])`),
    code: "RNN133",
    at: "h[t-1]",
    says: /h\[0\]/,
  },
  {
    law: "what stands before the first of some symbols is one of them",
    source: body("param A\ny[0] = 3\ny[t] : symbol[3] ~ categorical(softmax(A onehot(y[t-1])))"),
    code: "RNN138",
    at: "3",
    says: /symbol 3: there are 3, numbered from 0 to 2/,
  },
  {
    law: "a number of the model's is no symbol",
    source: body("param A : R[3,3]\nparam a = 1\ny[0] = a\ny[t] : symbol[3] ~ categorical(softmax(A onehot(y[t-1])))"),
    code: "RNN138",
    at: "a",
    says: /one of 3 symbols is needed/,
  },
  {
    law: "a symbol is compared with one that there is",
    source: body("input w[t] : symbol[3]\nparam a\nminimize sum[t](if w[t] == 3 then a^2 else 0)"),
    code: "RNN138",
    at: "3",
    says: /no symbol 3/,
  },
  {
    law: "noise has a probability",
    source: body(`${x}noise m[t] : bernoulli(1.5)\noutput a[t] = m[t] * x[t]`),
    code: "RNN139",
    at: "m[t]",
    says: /from 0 to 1, not 1.5/,
  },
  {
    law: "an index of `with` that is none is told as such: a cell knows no length that it does not declare",
    source: `cell C(x[t]) -> h[t] {
      h[0] = 0
      h[t] = tanh(h[t-1] + x[t])
    }
    cell D(x[t]) -> h[t] {
      h[t] = backward C(x[t]) with h[T+1] = x[1]
    }
    ${body(`${x}output a[t] = D(x[t])`)}`,
    code: "RNN112",
    at: "T+1",
    says: /An index is an axis/,
  },
  {
    law: "a parameter starts as a finite number",
    source: body(`${x}param w = 1 / 0\noutput a[t] = w * x[t]`),
    code: "RNN139",
    at: "w",
    says: /a finite number, not Infinity/,
  },
  {
    law: "what a parameter is drawn from has finite ends",
    source: body(`${x}param w ~ uniform(0, 1 / 0)\noutput a[t] = w * x[t]`),
    code: "RNN139",
    at: "w",
    says: /a finite number, not Infinity/,
  },
  {
    law: "no parameter stands before the first of some symbols",
    source: body("param A\ny[t] : symbol[3] ~ categorical(softmax(A onehot(y[t-1])))"),
    code: "RNN133",
    at: "y[t-1]",
    says: /`y\[0\] = 0`, the symbol/,
  },
  {
    law: "what reads the future has a value after the end",
    source: body("input x[t] : R\noutput a[t] = x[t+2]\nx[T+1] = 0"),
    code: "RNN133",
    at: "x[t+2]",
    says: /x\[T\+2\]/,
  },
  {
    law: "a boundary that a cell lacks is told as the cell would write it, whichever way it runs and whatever rides along",
    source: `cell C(n)(x[s]) -> h[s] {
      param W
      h[s] : R[n] = tanh(W h[s-1] + x[s])
    }
    ${body("axis i in 1..I\ninput x[i,t] : R[4]\noutput a[i,t] = backward C(4)(x[i,t])")}`,
    code: "RNN133",
    at: "h[s-1]",
    says: /a\.h\[i,T\+1\]`, which[\s\S]*needs `h\[0\]`[\s\S]*Add `h\[0\] = 0`.*`param h0` and `h\[0\] = h0`/,
  },
  {
    law: "a boundary of what was given to a cell is told by the argument's name",
    source: `cell C(n)(x[s]) -> h[s] {
      param U
      h[s] : R[n] = tanh(U x[s-1])
    }
    ${body("input z[t] : R[4]\noutput a[t] = C(4)(2 * z[t])")}`,
    code: "RNN133",
    at: "x[s-1]",
    says: /a name of the cell's own, `x'\[0\] = 0`/,
  },
  {
    law: "a shape that a cell leaves open is asked for by the cell's own name",
    source: `cell C(x[s]) -> h[s] {
      param W
      h[s] = sum(W x[s])
    }
    ${body("input z[t] : R[4]\noutput a[t] = C(z[t])")}`,
    code: "RNN131",
    at: "W",
    says: /`a\.W`[\s\S]*State it: `W : /,
  },
  {
    law: "a cycle without a delay is shown step by step",
    source: body(`${x}a[t] = b[t] + x[t]\noutput b[t] = 2 * a[t]`),
    code: "RNN134",
    at: "a[t]",
    says: /`a` needs `b`[\s\S]*`b` needs `a`|`b` needs `a`[\s\S]*`a` needs `b`/,
  },
  {
    law: "a variable does not need both its past and its future",
    source: body("h[_] = 0\noutput h[t] = h[t-1] + h[t+1]"),
    code: "RNN135",
    at: "h[t]",
    says: /along `t`/,
  },
  {
    law: "a state does not need the sum of itself",
    source: body("output h[t] = 1 + sum[t](h[t])"),
    code: "RNN134",
    at: "h[t]",
    says: /`h` needs `h`/,
  },
  {
    law: "a loss term is a number for the whole example",
    source: body("input x[t] : R\nminimize x[t]"),
    code: "RNN136",
    at: "x[t]",
    says: /sum\[t\]/,
  },
  ...[
    { law: "an input over a ragged axis", statement: "input z[w] : R", at: "z[w]" },
    { law: "a position of an outer axis", statement: "output z[s,w] = x[s,w] - x[1,w]", at: "x[1,w]" },
    { law: "another outer axis", statement: "axis r in 1..S\noutput z[r,s,w] = x[s,w] - x[r,w]", at: "x[r,w]" },
    { law: "a sum over an outer axis", statement: "output z[s] = sum[w](sum[s](x[s,w]))", at: "sum[s](x[s,w])" },
  ].map(({ law, statement, at }) => ({
    law: `${law} leaves open which positions of the ragged axis exist`,
    source: `model M {\naxis s in 1..S\naxis w in 1..W[s]\ninput x[s,w] : R\n${statement}\n}`,
    code: "RNN137",
    at,
    says: /as long as `W\[s\]`/,
  })),
];
