import type { Span } from "./span.ts";

/** The syntax tree: the source as written, nothing resolved. Every node carries its span. */
export interface Program {
  readonly imports: ReadonlyArray<Import>;
  readonly definitions: ReadonlyArray<Definition>;
  readonly span: Span;
}

export interface Name {
  readonly text: string;
  readonly span: Span;
}

/** `import LSTM, GRU from "std"` */
export interface Import {
  readonly names: ReadonlyArray<Name>;
  readonly from: string;
  readonly fromSpan: Span;
  readonly span: Span;
}

/**
 * `model M(V, n = 128) { … }` and `cell C(n, f = tanh)(x[t], z) -> h[t] { … }`.
 * `cell swish(x) = x * sigmoid(x)` has no static parameters and an expression for its body.
 */
export type Definition =
  | {
      readonly tag: "model";
      readonly name: Name;
      readonly statics: ReadonlyArray<StaticParameter>;
      readonly body: ReadonlyArray<Statement>;
      readonly span: Span;
    }
  | {
      readonly tag: "cell";
      readonly name: Name;
      readonly statics: ReadonlyArray<StaticParameter>;
      /** Each is a name with the axes it is written over. */
      readonly arguments: ReadonlyArray<Variable>;
      readonly results: ReadonlyArray<Variable>;
      readonly body: ReadonlyArray<Statement>;
      readonly span: Span;
    }
  | {
      readonly tag: "function";
      readonly name: Name;
      readonly arguments: ReadonlyArray<Variable>;
      readonly result: Expression;
      readonly span: Span;
    };

export interface StaticParameter {
  readonly name: Name;
  readonly default?: Expression;
  readonly span: Span;
}

/** A name with what stands in its brackets: axes on the right of a declaration, positions in a boundary. */
export interface Variable {
  readonly name: Name;
  readonly indices: ReadonlyArray<Expression>;
  readonly span: Span;
}

export type Statement =
  /** `axis t in 1..T`, `axis w in 1..W[s]`, `axis i in 1..N until y[i] == eos` */
  | {
      readonly tag: "axis";
      readonly name: Name;
      readonly lower: Expression;
      readonly upper: Expression;
      readonly until?: Expression;
      readonly span: Span;
    }
  | {
      readonly tag: "input";
      readonly variables: ReadonlyArray<Variable>;
      readonly type?: Type;
      readonly span: Span;
    }
  /** `param W, U : R[n,k] ~ glorot`; `fixed W : R[n,n] ~ orthogonal` is drawn and never trained. */
  | {
      readonly tag: "param";
      readonly isFixed: boolean;
      readonly names: ReadonlyArray<Variable>;
      readonly type?: Type;
      /** `= 0`, or what stands after `~`. */
      readonly initialiser?: Expression;
      readonly span: Span;
    }
  | {
      readonly tag: "noise";
      readonly variables: ReadonlyArray<Variable>;
      readonly type?: Type;
      readonly distribution: Expression;
      readonly span: Span;
    }
  /** `let enc = LSTM(n)` */
  | { readonly tag: "let"; readonly name: Name; readonly value: Expression; readonly span: Span }
  /** `for l in 1..L { … }` */
  | {
      readonly tag: "for";
      readonly index: Name;
      readonly lower: Expression;
      readonly upper: Expression;
      readonly body: ReadonlyArray<Statement>;
      readonly span: Span;
    }
  /** `h[t] : R[n] = …`, `output p[t] = …`, `h[0] = …`, `[f[t]; i[t]] = …` (several targets: a split),
   *  `(h[t], c[t]) = LSTM(n)(x[t])` (several targets: several results) */
  | {
      readonly tag: "equation";
      readonly output: boolean;
      readonly targets: ReadonlyArray<Variable>;
      readonly form: "single" | "split" | "results";
      readonly type?: Type;
      readonly value: Expression;
      /** `LSTM(n)(x[t]) when m[t] reset e[t]`: how much of their new values the states take, and where they begin anew. */
      readonly when?: Expression;
      readonly reset?: Expression;
      readonly with: ReadonlyArray<Boundary>;
      readonly span: Span;
    }
  /** `output p[t]`: makes a variable that is defined elsewhere a result. */
  | { readonly tag: "output"; readonly variables: ReadonlyArray<Variable>; readonly span: Span }
  /** `y[t] ~ categorical(p[t])`, `y[t] : symbol[m] ~ categorical(p[t]) weight w[t]` */
  | {
      readonly tag: "random";
      readonly variable: Variable;
      readonly type?: Type;
      readonly distribution: Expression;
      readonly weight?: Expression;
      readonly span: Span;
    }
  | { readonly tag: "minimize"; readonly value: Expression; readonly span: Span };

/** `h[0] = tanh(P enc[T])` after `with`. */
export interface Boundary {
  readonly variable: Variable;
  readonly value: Expression;
  readonly span: Span;
}

export type Type =
  | { readonly tag: "real"; readonly sizes: ReadonlyArray<Expression>; readonly span: Span }
  | { readonly tag: "symbol"; readonly size: Expression; readonly span: Span }
  /** One of the positions 1..length of an axis. */
  | { readonly tag: "position"; readonly length: Expression; readonly span: Span };

export interface NamedArgument {
  readonly name: Name;
  readonly value: Expression;
  readonly span: Span;
}

export type BinaryOperator = "+" | "-" | "*" | "/" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "and" | "or";

export type Expression =
  | { readonly tag: "number"; readonly value: number; readonly span: Span }
  /** A name; `_` is the wildcard of a boundary. */
  | { readonly tag: "name"; readonly text: string; readonly span: Span }
  /** `x[t-1]`, `E[w[t]]`, `z[l,t]`, `sum[j]` */
  | {
      readonly tag: "index";
      readonly target: Expression;
      readonly indices: ReadonlyArray<Expression>;
      readonly span: Span;
    }
  /** `enc.Wf`, `z[2].Wf`: a parameter of an instance. */
  | { readonly tag: "member"; readonly target: Expression; readonly name: Name; readonly span: Span }
  /** `tanh(a)`, `LSTM(n)`, `LSTM(n)(x[t])`, `sum[j](e)`; with one argument perhaps a product, as `b (x + y)`. */
  | {
      readonly tag: "apply";
      readonly target: Expression;
      readonly arguments: ReadonlyArray<Expression>;
      /** Static parameters by their names: `LSTM(n, forget = 1)`. */
      readonly named?: ReadonlyArray<NamedArgument>;
      readonly span: Span;
    }
  /** Juxtaposition or `@`. */
  | {
      readonly tag: "product";
      readonly left: Expression;
      readonly right: Expression;
      readonly explicit: boolean;
      readonly span: Span;
    }
  | {
      readonly tag: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly span: Span;
    }
  | { readonly tag: "negate"; readonly operand: Expression; readonly span: Span }
  | { readonly tag: "not"; readonly operand: Expression; readonly span: Span }
  | { readonly tag: "power"; readonly base: Expression; readonly exponent: Expression; readonly span: Span }
  | { readonly tag: "transpose"; readonly operand: Expression; readonly span: Span }
  /** `[h[t-1]; x[t]]` */
  | { readonly tag: "concat"; readonly parts: ReadonlyArray<Expression>; readonly span: Span }
  | {
      readonly tag: "if";
      readonly condition: Expression;
      readonly then: Expression;
      readonly else: Expression;
      readonly span: Span;
    }
  /** `backward LSTM(n)(x[t])` */
  | { readonly tag: "backward"; readonly operand: Expression; readonly span: Span };
