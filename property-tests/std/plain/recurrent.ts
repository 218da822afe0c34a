import {
  add,
  blend,
  div,
  each,
  exp,
  hadamard,
  type Mat,
  mul,
  type Num,
  neg,
  number,
  plus,
  sigmoid,
  sqrt,
  sub,
  tanh,
  times,
  type Vec,
  zeros,
} from "./numbers.ts";

/** The parameters of a cell, by their names in it. */
export interface Weights {
  readonly matrix: (name: string) => Mat;
  readonly vector: (name: string) => Vec;
  /** Those of a cell in it. */
  readonly at: (name: string) => Weights;
}

/** From a sequence of inputs the sequence of states, started from zeros or from a given state. */
export type Recurrence = (weights: Weights, xs: ReadonlyArray<Vec>, start?: Vec) => ReadonlyArray<Vec>;

/** The states after each input. */
export const scan = <State>(
  xs: ReadonlyArray<Vec>,
  start: State,
  step: (state: State, x: Vec) => State,
): ReadonlyArray<State> => {
  const states: State[] = [];
  for (const x of xs) states.push(step(states.at(-1) ?? start, x));
  return states;
};

/** W x + U h + b, of a gate called by its letter. */
const affine = ({ matrix, vector }: Weights, letter: string, x: Vec, h: Vec): Vec =>
  plus(times(matrix(`W${letter}`), x), times(matrix(`U${letter}`), h), vector(`b${letter}`));

/** Elman 1990: h = f(W h + U x + b). */
export const rnn =
  (f: (x: Num) => Num = tanh): Recurrence =>
  ({ matrix, vector }, xs, start = zeros(vector("b").length)) =>
    scan(xs, start, (h, x) => plus(times(matrix("W"), h), times(matrix("U"), x), vector("b")).map(f));

/** The same with one matrix over [h; x]. */
export const rnnConcat: Recurrence = ({ matrix, vector }, xs) =>
  scan(xs, zeros(vector("b").length), (h, x) =>
    plus(times(matrix("W"), [...h, ...x]), vector("b")).map((a) => tanh(a)),
  );

/** Jordan 1986: the state sees the last output, h = tanh(b + W o + U x), o = c + V h. */
export const outputRnn: Recurrence = ({ matrix, vector }, xs) =>
  scan(xs, zeros(vector("c").length), (o, x) => {
    const h = plus(vector("b"), times(matrix("W"), o), times(matrix("U"), x)).map(tanh);
    return plus(vector("c"), times(matrix("V"), h));
  });

interface Memory {
  readonly h: Vec;
  readonly c: Vec;
}
const nothing = (size: number): Memory => ({ h: zeros(size), c: zeros(size) });

/** Gers, Schmidhuber and Cummins 2000: c = f c + i g, h = o tanh(c); `gate` gives the argument of each. */
const longMemory = (
  size: number,
  xs: ReadonlyArray<Vec>,
  gate: (letter: string, x: Vec, before: Memory, c: Vec) => Vec,
): ReadonlyArray<Vec> =>
  scan(xs, nothing(size), (before, x) => {
    const of = (letter: string, c = before.c): Vec => gate(letter, x, before, c);
    const c = plus(hadamard(of("f").map(sigmoid), before.c), hadamard(of("i").map(sigmoid), of("c").map(tanh)));
    return { c, h: hadamard(of("o", c).map(sigmoid), c.map(tanh)) };
  }).map(({ h }) => h);

export const lstm: Recurrence = (weights, xs) =>
  longMemory(weights.vector("bf").length, xs, (letter, x, { h }) => affine(weights, letter, x, h));

/** Tallec and Ollivier 2018: what is drawn for both gates is added to the one and taken from the other. */
export const chronoLstm: Recurrence = (weights, xs) => {
  const b = (letter: string): Vec => weights.vector(letter);
  const drawn: Readonly<Record<string, Vec>> = {
    bf: plus(b("bf"), b("b0")),
    bi: each((i, r) => sub(i!, r!), b("bi"), b("b0")),
  };
  return lstm({ ...weights, vector: (name) => drawn[name] ?? weights.vector(name) }, xs);
};

/** Sak, Senior and Beaufays 2014, equations 1 to 6 without peepholes: what the gates see and what is shown is r = W m. */
export const projectedLstm: Recurrence = (weights, xs) => {
  const r = weights.matrix("Wp").length;
  return scan(xs, { h: zeros(r), c: zeros(weights.vector("bf").length) }, ({ h, c }, x) => {
    const of = (letter: string): Vec => affine(weights, letter, x, h);
    const [i, f, o] = ["i", "f", "o"].map((letter) => of(letter).map(sigmoid));
    const after = plus(hadamard(f!, c), hadamard(i!, of("c").map(tanh)));
    return { c: after, h: times(weights.matrix("Wp"), hadamard(o!, after.map(tanh))) };
  }).map(({ h }) => h);
};

export const lstmConcat: Recurrence = ({ matrix, vector }, xs) =>
  longMemory(vector("bf").length, xs, (letter, x, { h }) =>
    plus(times(matrix(`W${letter}`), [...h, ...x]), vector(`b${letter}`)),
  );

/** Hochreiter and Schmidhuber 1997: nothing is forgotten. */
export const lstm1997: Recurrence = (weights, xs) =>
  scan(xs, nothing(weights.vector("bi").length), ({ h, c }, x) => {
    const of = (letter: string): Vec => affine(weights, letter, x, h);
    const after = plus(c, hadamard(of("i").map(sigmoid), of("c").map(tanh)));
    return { c: after, h: hadamard(of("o").map(sigmoid), after.map(tanh)) };
  }).map(({ h }) => h);

/** Gers, Schraudolph and Schmidhuber 2002: i and f see the last cell state, o the new one. */
export const peephole: Recurrence = (weights, xs) =>
  longMemory(weights.vector("bf").length, xs, (letter, x, { h }, c) =>
    letter === "c"
      ? affine(weights, letter, x, h)
      : plus(affine(weights, letter, x, h), hadamard(weights.vector(`p${letter}`), c)),
  );

/** Cho and others 2014, equations 5 to 8 with z for what is let in: h = (1-z) h + z tanh(W x + U (r h)). */
export const gru: Recurrence = (weights, xs) =>
  scan(xs, zeros(weights.vector("bz").length), (h, x) => {
    const [z, r] = ["z", "r"].map((letter) => affine(weights, letter, x, h).map(sigmoid));
    return blend(z!, affine(weights, "h", x, hadamard(r!, h)).map(tanh), h);
  });

export const gruWithoutBias: Recurrence = (weights, xs) => {
  const none = zeros(weights.matrix("Uz").length);
  return gru({ ...weights, vector: () => none }, xs);
};

/** As in cuDNN: n = tanh(W x + b + r (U h + c)), h = (1-z) n + z h. */
export const gruResetAfter: Recurrence = (weights, xs) => {
  const { matrix, vector } = weights;
  const recurrent = (letter: string, h: Vec): Vec => plus(times(matrix(`U${letter}`), h), vector(`c${letter}`));
  const given = (letter: string, x: Vec): Vec => plus(times(matrix(`W${letter}`), x), vector(`b${letter}`));
  return scan(xs, zeros(vector("bz").length), (h, x) => {
    const [z, r] = ["z", "r"].map((letter) => plus(given(letter, x), recurrent(letter, h)).map(sigmoid));
    return blend(z!, h, plus(given("h", x), hadamard(r!, recurrent("h", h))).map(tanh));
  });
};

/** Zhou and others 2016, equations 7: h = (1-f) h + f tanh(W x + U (f h) + b). */
export const mgu: Recurrence = (weights, xs) =>
  scan(xs, zeros(weights.vector("bf").length), (h, x) => {
    const f = affine(weights, "f", x, h).map(sigmoid);
    return blend(f, affine(weights, "h", x, hadamard(f, h)).map(tanh), h);
  });

/** Feng and others 2024, section 3.1.3, written out: each candidate, times what all later gates leave of it. */
export const minGru: Recurrence = ({ matrix, vector }, xs) => {
  const z = xs.map((x) => plus(times(matrix("Wz"), x), vector("bz")).map(sigmoid));
  const candidates = xs.map((x) => plus(times(matrix("Wh"), x), vector("bh")));
  return xs.map((_, t) =>
    plus(
      ...candidates.slice(0, t + 1).map((candidate, s) =>
        z.slice(s + 1, t + 1).reduce(
          (left, gate) =>
            hadamard(
              left,
              gate.map((g) => sub(number(1), g)),
            ),
          hadamard(z[s]!, candidate),
        ),
      ),
    ),
  );
};

/** Orvieto and others 2023, written out: y[t] = C (sum over s of a^(t-s) sqrt(1-a^2) B x[s]) + D x[t], a = exp(-exp(nu)). */
export const lru: Recurrence = ({ matrix, vector }, xs) => {
  const a = vector("nu").map((nu) => exp(neg(exp(nu))));
  const entering = a.map((rate) => sqrt(sub(number(1), mul(rate, rate))));
  const power = (rate: Num, by: number): Num => Array.from({ length: by }, () => rate).reduce(mul, number(1));
  return xs.map((x, t) => {
    const h = plus(
      ...xs.slice(0, t + 1).map((before, s) =>
        hadamard(
          a.map((rate) => power(rate, t - s)),
          hadamard(entering, times(matrix("B"), before)),
        ),
      ),
    );
    return plus(times(matrix("C"), h), times(matrix("D"), x));
  });
};

/** Peng and others 2023, equation 16, as a quotient of sums over all positions, with nothing to keep it from overflow. */
export const rwkv: Recurrence = ({ matrix, vector }, xs) => {
  const shifted = (letter: string, t: number): Vec =>
    blend(vector(`m${letter}`), xs[t]!, xs[t - 1] ?? zeros(xs[t]!.length));
  const project = (letter: string, t: number): Vec => times(matrix(`W${letter}`), shifted(letter, t));
  const [w, u] = [vector("w").map(exp), vector("u")];
  return xs.map((_, t) => {
    const powers = Array.from({ length: t + 1 }, (__, i) => {
      const k = project("k", i);
      return i === t ? plus(u, k).map(exp) : each((key, decay) => exp(sub(key!, mul(number(t - 1 - i), decay!))), k, w);
    });
    const above = plus(...powers.map((power, i) => hadamard(power, project("v", i))));
    const mean = each((a, b) => div(a!, b!), above, plus(...powers));
    return times(matrix("Wo"), hadamard(project("r", t).map(sigmoid), mean));
  });
};

/** Beck and others 2024, equations 8 to 14 with a forget gate that is a sigmoid, and no stabiliser. */
export const slstm: Recurrence = (weights, xs) => {
  const none = zeros(weights.vector("bf").length);
  return scan(xs, { h: none, c: none, q: none }, ({ h, c, q }, x) => {
    const of = (letter: string): Vec => affine(weights, letter, x, h);
    const [f, i, o, z] = [of("f").map(sigmoid), of("i").map(exp), of("o").map(sigmoid), of("z").map(tanh)];
    const cell = plus(hadamard(f, c), hadamard(i, z));
    const normaliser = plus(hadamard(f, q), i);
    return {
      c: cell,
      q: normaliser,
      h: hadamard(
        o,
        each((a, b) => div(a!, b!), cell, normaliser),
      ),
    };
  }).map(({ h }) => h);
};

/** The same from the last input to the first, each state at its own position. */
export const backward =
  (recurrence: Recurrence): Recurrence =>
  (weights, xs) =>
    [...recurrence(weights, [...xs].reverse())].reverse();

export const sum = (x: Vec): Num => add(...x);
