import { difference, type Sum } from "./exact.ts";
import { formats, type InDoubles } from "./format.ts";
import {
  abs,
  add,
  atLeast,
  atMost,
  equal,
  less,
  mul,
  neg,
  number,
  polynomial,
  select,
  sub,
  type Term,
} from "./term.ts";

/**
 * The sine of x and that of a quarter turn on: x = k π/2 + r with |r| about π/4 or less, and of r the sine or the cosine,
 * whichever the quarter k asks for. For |x| up to 2^20 the multiples of the parts of π/2 are exact. Beyond, what k
 * leaves of x grows wrong by about |x| / 2^52, until nothing of it is left; the result stays between -1 and 1.
 */
export const sine = (arithmetic: InDoubles, x: Term, quarters: 0 | 1): Term => {
  const k = nearest(atMost(atLeast(mul(x, number(2 / Math.PI)), number(-most)), number(most)));
  const r = rests[arithmetic](x, k);
  const quarter = quarters === 0 ? k : add(k, number(quarters));
  const isEven = equal(mul(number(2), nearest(mul(quarter, number(0.5)))), quarter);
  const size = select(isEven, sineOf[arithmetic](r), cosineOf[arithmetic](r));
  // Of the turn that is -2, -1, 0, 1 or 2 quarters, 0 and 1 are where it is positive.
  const turn = sub(quarter, mul(number(4), nearest(mul(quarter, number(0.25)))));
  return select(less(abs(sub(turn, number(0.5))), number(1)), size, neg(size));
};

/** Up to here an integer and its fourth part are told from their neighbours. */
const most = 2 ** 50;

const { rounder } = formats.f64;
const nearest = (x: Term): Term => sub(add(x, number(rounder)), number(rounder));

/** π/2 as a sum; all but the last have so few bits that their multiples by k are exact (FreeBSD's e_rem_pio2.c). */
const halfPi = [1.5707963267341256, 6.077100506303966e-11, 2.0222662487111665e-21, 8.4784276603689e-32];
const afterFirst = 6.077100506506192e-11;

/** Of an infinity nothing is left; x - x would lose the sign of a 0 if it were added. */
const nothingOf = (x: Term): Term => sub(x, x);

const rests: { readonly [A in InDoubles]: (x: Term, k: Term) => Sum } = {
  f64: (x, k) => {
    const [first, second, third, last] = halfPi.map((part) => mul(k, number(part)));
    const a = difference(sub(x, first!), second!);
    const b = difference(a.high, third!);
    // Subtracted, so that a 0 keeps its sign.
    const lessBy = sub(last!, add(a.low, b.low));
    const high = sub(b.high, lessBy);
    const rest = sub(sub(b.high, high), lessBy);
    return { high: sub(within(high, 1), nothingOf(x)), low: within(rest, 2 ** -52) };
  },
  "f32 in f64": (x, k) => {
    const high = sub(sub(x, mul(k, number(halfPi[0]!))), mul(k, number(afterFirst)));
    return { high: sub(within(high, 1), nothingOf(x)), low: number(0) };
  },
};

const within = (x: Term, limit: number): Term => atMost(atLeast(x, number(-limit)), number(limit));

/** The series of FreeBSD's k_sin.c and k_sinf.c. */
const sineOf: { readonly [A in InDoubles]: (r: Sum) => Term } = {
  f64: ({ high: x, low }) => {
    const square = mul(x, x);
    const cube = mul(square, x);
    const series = polynomial(
      square,
      [
        0.00833333333332249, -0.0001984126982985795, 2.7557313707070068e-6, -2.5050760253406863e-8,
        1.58969099521155e-10,
      ],
    );
    const beyond = sub(mul(square, sub(mul(number(0.5), low), mul(cube, series))), low);
    return sub(x, sub(beyond, mul(cube, number(-0.16666666666666632))));
  },
  "f32 in f64": ({ high: x }) => {
    const square = mul(x, x);
    const series = polynomial(
      square,
      [-0.16666666641626524, 0.008333329385889463, -0.00019839334836096632, 2.718311493989822e-6],
    );
    return mul(x, add(number(1), mul(square, series)));
  },
};

/** The series of FreeBSD's k_cos.c and k_cosf.c. */
const cosineOf: { readonly [A in InDoubles]: (r: Sum) => Term } = {
  f64: ({ high: x, low }) => {
    const square = mul(x, x);
    const series = polynomial(
      square,
      [
        0.0416666666666666, -0.001388888888887411, 2.480158728947673e-5, -2.7557314351390663e-7, 2.087572321298175e-9,
        -1.1359647557788195e-11,
      ],
    );
    const half = mul(number(0.5), square);
    const rounded = sub(number(1), half);
    const lost = sub(sub(number(1), rounded), half);
    return add(rounded, add(lost, sub(mul(square, mul(square, series)), mul(x, low))));
  },
  "f32 in f64": ({ high: x }) => {
    const square = mul(x, x);
    const series = polynomial(
      square,
      [-0.499999997251031, 0.04166662332373906, -0.001388676377460993, 2.439044879627741e-5],
    );
    return add(number(1), mul(square, series));
  },
};
