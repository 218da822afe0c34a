/** What is written for a command that stands for one sign: a letter, or an operator. */
export const letters: Readonly<Record<string, string>> = {
  alpha: "α",
  beta: "β",
  gamma: "γ",
  delta: "δ",
  epsilon: "ε",
  zeta: "ζ",
  eta: "η",
  theta: "θ",
  iota: "ι",
  kappa: "κ",
  lambda: "λ",
  mu: "μ",
  nu: "ν",
  xi: "ξ",
  pi: "π",
  rho: "ρ",
  sigma: "σ",
  tau: "τ",
  upsilon: "υ",
  phi: "φ",
  chi: "χ",
  psi: "ψ",
  omega: "ω",
  Gamma: "Γ",
  Delta: "Δ",
  Theta: "Θ",
  Lambda: "Λ",
  Xi: "Ξ",
  Pi: "Π",
  Sigma: "Σ",
  Upsilon: "Υ",
  Phi: "Φ",
  Psi: "Ψ",
  Omega: "Ω",
  infty: "∞",
  top: "⊤",
  ell: "ℓ",
};

export const operators: Readonly<Record<string, string>> = {
  nabla: "∇",
  partial: "∂",
  sum: "∑",
  prod: "∏",
  odot: "⊙",
  cdot: "·",
  sim: "∼",
  neq: "≠",
  leq: "≤",
  geq: "≥",
  land: "∧",
  lor: "∨",
  lnot: "¬",
  bmod: "mod",
  lvert: "|",
  rvert: "|",
  lVert: "‖",
  rVert: "‖",
  backslash: "\\",
  "{": "{",
  "}": "}",
  "%": "%",
  "#": "#",
  $: "$",
  "&": "&",
  _: "_",
};

/** What stands over a letter. */
export const accents: Readonly<Record<string, string>> = { hat: "^", tilde: "~", bar: "¯", dot: "˙" };

/** Functions that LaTeX has a command for. */
export const functions: ReadonlySet<string> = new Set(["exp", "log", "sin", "cos", "tanh", "arctan", "min", "max"]);

/** How wide a command's blank is. */
export const blanks: Readonly<Record<string, string>> = { ",": "0.17em", ";": "0.28em", quad: "1em", " ": "0.25em" };

/** What limits stand under, where an equation has a line of its own. */
export const series: ReadonlySet<string> = new Set(["sum", "prod"]);
