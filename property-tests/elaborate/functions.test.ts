import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { targetNames } from "../../src/emit/targets.ts";
import { hessianVector } from "../../src/property/index.ts";
import { compiledProgram } from "../property/programs.ts";

const machines = targetNames.flatMap((target) => (["f64", "f32"] as const).map((precision) => ({ target, precision })));
const near = { f64: 1e-12, f32: 2e-5 } as const;

const close = (found: ArrayLike<number>, expected: ReadonlyArray<number>, tolerance: number, what: string): void => {
  assert.equal(found.length, expected.length, what);
  expected.forEach((value, i) => {
    const error = Math.abs(found[i]! - value);
    assert.ok(
      Object.is(found[i], value) || found[i] === value || error <= tolerance * Math.max(1, Math.abs(value)),
      `${what}[${i}] is ${found[i]}, not ${value}`,
    );
  });
};

const numbers = fc.double({ min: -3, max: 3, noNaN: true });
const vectors = fc.array(numbers, { minLength: 4, maxLength: 4 });

for (const machine of machines) {
  const where = `${machine.target}, ${machine.precision}`;
  const tolerance = near[machine.precision];

  test(`norm(v) is sqrt(sumsq(v)), with the slope v / norm(v), and 0 where all are 0, to second order: ${where}`, () => {
    for (const written of ["norm(v)", "sqrt(sumsq(v))", "sqrt(dot(v, v))"]) {
      const model = compiledProgram(
        `model M {\n  param v : R[2]\n  output o = ${written}\n  minimize ${written}\n}`,
        machine,
      );
      const batch = model.pack([{}]);
      for (const [v, size, slope, second] of [
        [[0, 0], 0, [0, 0], [0, 0]],
        [[3, -4], 5, [0.6, -0.8], [16 / 125, 12 / 125]],
        [[0, 2], 2, [0, 1], [0.5, 0]],
      ] as const) {
        const params = { v: machine.precision === "f32" ? Float32Array.from(v) : Float64Array.from(v) };
        close(model.forward(params, batch).o!.data, [size], tolerance, written);
        close(model.gradient(params, batch).gradient.v!, slope, tolerance, `the slope of ${written}`);
        const direction = { v: params.v.map((_, i) => (i === 0 ? 1 : 0)) };
        close(
          hessianVector(model, machine)(params, batch, direction).v!,
          second,
          tolerance,
          `the second slope of ${written}`,
        );
      }
    }
  });

  test(`argmax(v) is the first of the greatest, wherever a symbol may stand, and has no slope: ${where}`, () => {
    const model = compiledProgram(
      `model M {
        axis t in 1..T
        input x[t] : R[4]
        input y[t] : symbol[4]
        param E : R[4,2]
        param w : R = 1
        k[t] = argmax(w * x[t])
        output s[t] = k[t]
        output row[t] = E[argmax(x[t])]
        output one[t] = onehot(k[t])
        output hit[t] = if k[t] == y[t] then 1 else 0
        output same[t] = if argmax(x[t]) == argmax(E E[k[t]]) then 1 else 0
        output picked[t] = x[t][k[t]]
        minimize sum[t](sumsq(E[k[t]]))
      }`,
      { ...machine, wrt: ["x"] },
    );
    const E = [0.5, -1, 2, 0.25, -0.75, 1.5, 1, 1];
    const params = { E: Float64Array.from(E), w: Float64Array.of(1) };
    const first = (v: ReadonlyArray<number>): number => v.indexOf(Math.max(...v));
    const few = fc.array(fc.constantFrom(-1, 0, 1, 2.5, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0), {
      minLength: 4,
      maxLength: 4,
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(few, fc.nat(3)), { maxLength: 4 }), (steps) => {
        const [x, y] = [steps.map(([v]) => v), steps.map(([, symbol]) => symbol)];
        const batch = model.pack([{ x, y }]);
        const found = model.forward(params, batch);
        const best = x.map(first);
        const row = (k: number): ReadonlyArray<number> => E.slice(2 * k, 2 * k + 2);
        const scores = (k: number): ReadonlyArray<number> =>
          [0, 1, 2, 3].map((i) => row(i).reduce((sum, each, j) => sum + each * row(k)[j]!, 0));
        const all = (values: ReadonlyArray<number | ReadonlyArray<number>>): ReadonlyArray<number> => values.flat();
        close(found.s!.data, best, 0, "s");
        close(found.row!.data, all(best.map(row)), 0, "row");
        close(found.one!.data, all(best.map((k) => [0, 1, 2, 3].map((i) => (i === k ? 1 : 0)))), 0, "one");
        close(
          found.hit!.data,
          best.map((k, i) => (k === y[i] ? 1 : 0)),
          0,
          "hit",
        );
        close(
          found.same!.data,
          best.map((k) => (first(scores(k)) === k ? 1 : 0)),
          0,
          "same",
        );
        const finite = x.every((v) => v.every(Number.isFinite));
        if (!finite) return;
        close(
          found.picked!.data,
          x.map((v, i) => v[best[i]!]!),
          0,
          "picked",
        );
        const { gradient } = model.gradient(params, batch);
        assert.ok([...gradient.x!, ...gradient.w!].every((slope) => slope === 0));
        const slopes = E.map((each, i) => 2 * each * best.filter((k) => k === i >> 1).length);
        close(gradient.E!, slopes, tolerance, "E");
      }),
      { numRuns: 30 },
    );
  });

  test(`the argmax of what is no number is one of the symbols: ${where}`, () => {
    const model = compiledProgram(
      "model M {\n  param v : R[3]\n  param E : R[3]\n  output s = E[argmax(v)]\n}",
      machine,
    );
    for (const v of [
      [Number.NaN, 1, 2],
      [1, Number.NaN, 2],
      [1, 2, Number.NaN],
    ]) {
      const found = model.forward({ v: Float64Array.from(v), E: Float64Array.of(5, 6, 7) }, model.pack([{}]));
      assert.ok([5, 6, 7].includes(found.s!.data[0]!));
    }
  });

  test(`logaddexp is finite where it is a number, and so are its slopes, however far its operands are: ${where}`, () => {
    const model = compiledProgram(
      "model M {\n  param a, b : R\n  output o = logaddexp(a, b)\n  minimize logaddexp(a, b)\n}",
      machine,
    );
    const batch = model.pack([{}]);
    const inf = Number.POSITIVE_INFINITY;
    for (const [a, b, value, slopes] of [
      [1e4, -1e4, 1e4, [1, 0]],
      [-1e4, 1e4, 1e4, [0, 1]],
      [1e4, 1e4, 1e4 + Math.LN2, [0.5, 0.5]],
      [-1e4, -1e4, -1e4 + Math.LN2, [0.5, 0.5]],
      [0, Math.log(3), Math.log(4), [0.25, 0.75]],
      [2, -inf, 2, [1, 0]],
      [-inf, 2, 2, [0, 1]],
      [-inf, -inf, -inf, undefined],
      [inf, 1, inf, undefined],
      [inf, inf, inf, undefined],
      [inf, -inf, inf, undefined],
    ] as const) {
      const params = { a: Float64Array.of(a), b: Float64Array.of(b) };
      close(model.forward(params, batch).o!.data, [value], tolerance, `logaddexp(${a}, ${b})`);
      const { gradient } = model.gradient(params, batch);
      const found = [gradient.a![0]!, gradient.b![0]!];
      if (slopes !== undefined) close(found, slopes, tolerance, `the slopes of logaddexp(${a}, ${b})`);
      assert.ok(found.every(Number.isFinite), `the slopes of logaddexp(${a}, ${b}) are ${found}`);
    }
  });

  test(`clip keeps what lies between its bounds, with slope 1 up to and at them: ${where}`, () => {
    const model = compiledProgram(
      "model M {\n  param x, a, b : R\n  output o = clip(x, a, b)\n  minimize clip(x, a, b)\n}",
      machine,
    );
    const batch = model.pack([{}]);
    for (const [x, value, slopes] of [
      [0.5, 0.5, [1, 0, 0]],
      [-1, -1, [1, 0, 0]],
      [2, 2, [1, 0, 0]],
      [-1.5, -1, [0, 1, 0]],
      [3, 2, [0, 0, 1]],
      [Number.NaN, Number.NaN, undefined],
    ] as const) {
      const params = { x: Float64Array.of(x), a: Float64Array.of(-1), b: Float64Array.of(2) };
      close(model.forward(params, batch).o!.data, [value], tolerance, `clip(${x}, -1, 2)`);
      const { gradient } = model.gradient(params, batch);
      if (slopes !== undefined)
        close([gradient.x![0]!, gradient.a![0]!, gradient.b![0]!], slopes, tolerance, `at ${x}`);
    }
  });
}

test("log1p of exponentials is finite where it is a number, and exact where they are small", () => {
  const of = (written: string, x: number): readonly [number, number] => {
    const model = compiledProgram(`model M {\n  param x : R\n  output o = ${written}\n  minimize ${written}\n}`);
    const params = { x: Float64Array.of(x) };
    return [
      model.forward(params, model.pack([{}])).o!.data[0]!,
      model.gradient(params, model.pack([{}])).gradient.x![0]!,
    ];
  };
  close(of("log1p(exp(x))", 1e4), [1e4, 1], 1e-14, "log1p(exp(1e4))");
  close(of("log1p(exp(x))", -50), [Math.exp(-50), Math.exp(-50)], 1e-30, "log1p(exp(-50))");
  close(of("log1p(-sigmoid(x))", 1e4), [-1e4, -1], 1e-14, "log1p(-sigmoid(1e4))");
  close(of("log1p(exp(x) + exp(2 * x))", 1e4), [2e4, 2], 1e-14, "log1p(exp(1e4) + exp(2e4))");
  close(of("log1p(exp(x) * 3)", 1e4), [1e4 + Math.log(3), 1], 1e-14, "log1p(3 exp(1e4))");
  const [small, slope] = of("log1p(exp(x) + exp(2 * x))", -50);
  assert.ok(Math.abs(small / Math.exp(-50) - 1) < 1e-12 && Math.abs(slope / Math.exp(-50) - 1) < 1e-12);
});

test("norm, clip, argmax and the other functions are names that a program may give to what it likes", () => {
  const model = compiledProgram(`
    cell clip(x) = 2 * x
    cell logaddexp(n)(x) -> argmax {
      param erf : R[n,n] = 0
      argmax = erf x + x
    }
    model atan {
      axis mod in 1..T
      input norm[mod] : R[2]
      prod[mod] = logaddexp(2)(clip(norm[mod]))
      output log1p[mod] = prod[mod]^T norm[mod]
    }`);
  const found = model.forward({ "prod.erf": new Float64Array(4) }, model.pack([{ norm: [[1, 2]] }]));
  close(found.log1p!.data, [10], 0, "log1p");
});

test("functions at every position compose with the others as they are written", () => {
  const model = compiledProgram(
    "model M {\n  param v : R[4]\n  output e = erf(v)\n  output a = atan(v)\n  output l = log1p(v * v)\n  output m = expm1(v)\n}",
  );
  fc.assert(
    fc.property(vectors, (v) => {
      const found = model.forward({ v: Float64Array.from(v) }, model.pack([{}]));
      close(found.a!.data, v.map(Math.atan), 1e-14, "atan");
      close(
        found.l!.data,
        v.map((x) => Math.log1p(x * x)),
        1e-14,
        "log1p",
      );
      close(found.m!.data, v.map(Math.expm1), 1e-14, "expm1");
    }),
  );
});
