import { apply, type Law, law, number, scalar, variable } from "./term.ts";

const x = variable("x");
const y = variable("y");
const z = variable("z");
const c = scalar("c");
const d = scalar("d");
const zero = number(0);
const one = number(1);

const neg = (a: typeof x) => apply("neg", a);
const log = (a: typeof x) => apply("log", a);
const exp = (a: typeof x) => apply("exp", a);
const sigmoid = (a: typeof x) => apply("sigmoid", a);
const softplus = (a: typeof x) => apply("softplus", a);
const tanh = (a: typeof x) => apply("tanh", a);
const ln2 = number(Math.LN2);
const twice = (a: typeof x) => apply("mul", number(2), a);

/** Laws that make a circuit smaller. */
export const algebra: ReadonlyArray<Law> = [
  law("adding zero changes nothing", apply("add", x, zero), x),
  law("subtracting zero changes nothing", apply("sub", x, zero), x),
  law("zero minus a value is its negation", apply("sub", zero, x), neg(x)),
  law("multiplying by one changes nothing", apply("mul", x, one), x),
  law("zero absorbs", apply("times", x, zero), zero),
  law("one absorbs nothing", apply("times", x, one), x),
  law("multiplying by minus one negates", apply("mul", x, number(-1)), neg(x)),
  law("dividing by one changes nothing", apply("div", x, one), x),
  law("the first power changes nothing", apply("pow", x, one), x),
  law("the zeroth power is one", apply("pow", x, zero), one),
  law("the second power is a product", apply("pow", x, number(2)), apply("mul", x, x)),

  law("negating twice changes nothing", neg(neg(x)), x),
  law("adding a negation is subtracting", apply("add", x, neg(y)), apply("sub", x, y)),
  law("subtracting a negation is adding", apply("sub", x, neg(y)), apply("add", x, y)),
  law("negation moves out of a difference", apply("sub", neg(x), y), neg(apply("add", x, y))),
  law("negating a difference swaps it", neg(apply("sub", x, y)), apply("sub", y, x)),
  law("negation moves out of a product", apply("mul", neg(x), y), neg(apply("mul", x, y))),
  law("negation moves out of an absorbing product", apply("times", neg(x), y), neg(apply("times", x, y))),
  law("negation moves out of a numerator", apply("div", neg(x), y), neg(apply("div", x, y))),
  law("negation moves out of a denominator", apply("div", x, neg(y)), neg(apply("div", x, y))),
  law("constant factors meet", apply("mul", c, apply("mul", d, x)), apply("mul", apply("mul", c, d), x)),

  law("a choice between equals is no choice", apply("select", x, y, y), y),
  law("a negated condition swaps the choice", apply("select", apply("not", x), y, z), apply("select", x, z, y)),
  law("stopping twice is stopping", apply("stop", apply("stop", x)), apply("stop", x)),
];

/** What an exponential is: the logarithm of it, without taking it. */
export const logarithmLaws: ReadonlyArray<Law> = [
  law("log undoes exp", log(exp(x)), x),
  law("log of a sigmoid", log(sigmoid(x)), neg(softplus(neg(x)))),
  law("log of one minus a sigmoid", log(apply("sub", one, sigmoid(x))), neg(softplus(x))),
  law(
    "log of one plus a hyperbolic tangent",
    log(apply("add", one, tanh(x))),
    apply("sub", ln2, softplus(twice(neg(x)))),
  ),
  law("log of one minus a hyperbolic tangent", log(apply("sub", one, tanh(x))), apply("sub", ln2, softplus(twice(x)))),
  law(
    "log of the slope of a hyperbolic tangent",
    log(apply("sub", one, apply("mul", tanh(x), tanh(x)))),
    apply("sub", number(2 * Math.LN2), apply("add", softplus(twice(x)), softplus(twice(neg(x))))),
  ),
];

/** What would be lost by rounding. */
export const exactLaws: ReadonlyArray<Law> = [
  law("an exponential less one", apply("sub", exp(x), one), apply("expm1", x)),
  law("one less an exponential", apply("sub", one, exp(x)), neg(apply("expm1", x))),
  law("what is missing from what is missing from one", apply("sub", one, apply("sub", one, x)), x),
];

/** Here the right side is finite and exact where the left one overflows: no program goes without them. */
export const stableLaws: ReadonlyArray<Law> = [
  ...logarithmLaws,
  law("log of an exponential over a value", log(apply("div", exp(x), y)), apply("sub", x, log(y))),
  law("log of an exponential times a value", log(apply("mul", exp(x), y)), apply("add", x, log(y))),
  law("log of an inverse", log(apply("div", one, x)), neg(log(x))),
  law("exp of a negated softplus", exp(neg(softplus(x))), sigmoid(neg(x))),
];

/**
 * Laws of the functions at every position. They hold for all real numbers, and where a side overflows the right one is
 * the more exact; a law that is false for infinities (`x * 0 = 0`) does not stand here.
 */
export const laws: ReadonlyArray<Law> = [...algebra, ...stableLaws, ...exactLaws];
