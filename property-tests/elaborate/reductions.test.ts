import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { targetNames } from "../../src/emit/targets.ts";
import { hessianVector } from "../../src/property/index.ts";
import { compiledProgram } from "../property/programs.ts";

const machines = targetNames.flatMap((target) => (["f64", "f32"] as const).map((precision) => ({ target, precision })));

/** Factors of which some are 0, and some are equal. */
const factors = fc.constantFrom(-2, -1, -0.5, 0, 0, 0.5, 1, 1, 1.5);
const lists = fc.array(factors, { maxLength: 9 });

const product = (factors: ReadonlyArray<number>): number => factors.reduce((sofar, factor) => sofar * factor, 1);
const without = (factors: ReadonlyArray<number>, ...places: ReadonlyArray<number>): number =>
  product(factors.filter((_, i) => !places.includes(i)));

const close = (found: ArrayLike<number>, expected: ReadonlyArray<number>, tolerance: number, what: string): void => {
  assert.equal(found.length, expected.length, what);
  expected.forEach((value, i) => {
    const isNear = found[i] === value || Math.abs(found[i]! - value) <= tolerance * Math.max(1, Math.abs(value));
    assert.ok(isNear, `${what}[${i}] is ${found[i]}, not ${value}`);
  });
};

for (const machine of machines) {
  const where = `${machine.target}, ${machine.precision}`;
  const tolerance = machine.precision === "f64" ? 1e-12 : 1e-5;
  const typed = (values: ReadonlyArray<number>) =>
    machine.precision === "f32" ? Float32Array.from(values) : Float64Array.from(values);

  test(`the product of components has the products of the others for slopes, and theirs, wherever factors are 0: ${where}`, () => {
    for (const n of [1, 2, 3, 4, 5, 7, 8]) {
      const model = compiledProgram(
        `model M {\n  param v : R[${n}]\n  output o = prod(v)\n  minimize prod(v)\n}`,
        machine,
      );
      const batch = model.pack([{}]);
      const second = hessianVector(model, machine);
      fc.assert(
        fc.property(fc.array(factors, { minLength: n, maxLength: n }), fc.nat(n - 1), (v, k) => {
          const params = { v: typed(v) };
          close(model.forward(params, batch).o!.data, [product(v)], tolerance, "prod(v)");
          close(
            model.gradient(params, batch).gradient.v!,
            v.map((_, i) => without(v, i)),
            tolerance,
            "its slopes",
          );
          const direction = { v: typed(v.map((_, i) => (i === k ? 1 : 0))) };
          const expected = v.map((_, i) => (i === k ? 0 : without(v, i, k)));
          close(second(params, batch, direction).v!, expected, tolerance, "their slopes");
        }),
        { numRuns: 30 },
      );
    }
  });

  test(`the product over an axis has the products of the others for slopes, and theirs, wherever factors are 0: ${where}`, () => {
    const source = `model M {
      axis t in 1..T
      input x[t], d[t]
      param w = 1
      output o = prod[t](x[t] + (w - 1) * d[t])
      minimize o
    }`;
    const model = compiledProgram(source, { ...machine, wrt: ["x"] });
    const second = hessianVector(compiledProgram(source, machine), machine);
    fc.assert(
      fc.property(fc.array(lists, { minLength: 1, maxLength: 3 }), (sequences) => {
        const params = { w: typed([1]) };
        const all = sequences.map((x) => ({ x, d: x.map((_, i) => i - 1) }));
        const found = model.forward(params, model.pack(all));
        close(found.o!.data, sequences.map(product), tolerance, "prod[t]");
        for (const { x, d } of all) {
          const batch = model.pack([{ x, d }]);
          const slopes = x.map((_, i) => without(x, i));
          const { gradient } = model.gradient(params, batch);
          close(gradient.x!, slopes, tolerance, "its slopes");
          close(gradient.w!, [slopes.reduce((sum, slope, i) => sum + slope * d[i]!, 0)], tolerance, "its slope");
          const twice = d.flatMap((first, i) => d.map((other, j) => (i === j ? 0 : first * other * without(x, i, j))));
          const expected = twice.reduce((sum, each) => sum + each, 0);
          close(second(params, batch, { w: typed([1]) }).w!, [expected], tolerance * 50, "the slope of its slope");
        }
      }),
      { numRuns: 30 },
    );
  });

  test(`products and minima over several axes, ragged ones too, are those of all their values: ${where}`, () => {
    const model = compiledProgram(
      `model M {
        axis s in 1..S
        axis w in 1..W[s]
        input x[s,w], g[s] : R
        a[s] = prod[w](x[s,w])
        output p = prod[s](a[s])
        output q = prod[s,w](x[s,w])
        output r[s] = prod[w](g[s])
        output m = min[s,w](x[s,w])
        output n[s] = min[w](x[s,w])
      }`,
      machine,
    );
    const cases = fc.array(fc.tuple(fc.array(factors, { minLength: 1, maxLength: 3 }), factors), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(cases, (rows) => {
        const x = rows.map(([values]) => values);
        const found = model.forward({}, model.pack([{ x, g: rows.map(([, g]) => g) }]));
        const total = product(x.flat());
        close(found.p!.data, [total], tolerance, "prod[s](prod[w])");
        close(found.q!.data, [total], tolerance, "prod[s,w]");
        close(
          found.r!.data,
          rows.map(([values, g]) => product(values.map(() => g))),
          tolerance,
          "prod[w](g[s])",
        );
        close(found.m!.data, [Math.min(...x.flat())], 0, "min[s,w]");
        close(
          found.n!.data,
          x.map((values) => Math.min(...values)),
          0,
          "min[w]",
        );
      }),
      { numRuns: 30 },
    );
  });

  test(`a minimum gives its gradient to those that attain it, in equal parts: ${where}`, () => {
    const model = compiledProgram(
      "model M {\n  axis t in 1..T\n  input x[t]\n  param v : R[4]\n  minimize min[t](x[t]) + 2 * min(v)\n}",
      { ...machine, wrt: ["x"] },
    );
    fc.assert(
      fc.property(
        fc.array(factors, { minLength: 1, maxLength: 6 }),
        fc.array(factors, { minLength: 4, maxLength: 4 }),
        (x, v) => {
          const { loss, gradient } = model.gradient({ v: typed(v) }, model.pack([{ x }]));
          const shares = (values: ReadonlyArray<number>, of: number): ReadonlyArray<number> => {
            const least = Math.min(...values);
            const ties = values.filter((value) => value === least).length;
            return values.map((value) => (value === least ? of / ties : 0));
          };
          close([loss], [Math.min(...x) + 2 * Math.min(...v)], tolerance, "the loss");
          close(gradient.x!, shares(x, 1), tolerance, "x");
          close(gradient.v!, shares(v, 2), tolerance, "v");
        },
      ),
    );
  });
}

test("the product of nothing is 1, the minimum of nothing infinite, and neither leaves anything in a gradient", () => {
  const model = compiledProgram(`model M {
    axis t in 1..T
    axis i in 1..2
    input x[t]
    param w = 2
    output p = prod[t](w * x[t])
    output m = min[t](w * x[t])
    output four = prod[i](w)
    minimize prod[t](w * x[t]) + sum[t](min[t](w * x[t])) + four
  }`);
  const params = { w: Float64Array.of(2) };
  const found = model.forward(params, model.pack([{ x: [] }]));
  assert.deepEqual([found.p!.data[0], found.m!.data[0], found.four!.data[0]], [1, Number.POSITIVE_INFINITY, 4]);
  const { loss, gradient } = model.gradient(params, model.pack([{ x: [] }]));
  assert.deepEqual([loss, gradient.w![0]], [5, 4]);
});

test("a product over an axis may stand in a recurrence along another one", () => {
  const model = compiledProgram(`model M {
    axis t in 1..T
    axis j in 1..J
    input x[t,j]
    param w : R = 1
    h[0] = 0.5
    output h[t] = tanh(w + prod[j](x[t,j] * h[t-1]))
    minimize sum[t](h[t])
  }`);
  const params = { w: Float64Array.of(0.25) };
  const x = [
    [0.5, -1, 2],
    [0, 1, 1],
    [2, 2, -0.5],
  ];
  const loss = (w: number): number => {
    let [h, sum] = [0.5, 0];
    for (const row of x) {
      h = Math.tanh(w + product(row.map((each) => each * h)));
      sum += h;
    }
    return sum;
  };
  const batch = model.pack([{ x }]);
  close([model.loss(params, batch)], [loss(0.25)], 1e-12, "the loss");
  const slope = (loss(0.25 + 1e-6) - loss(0.25 - 1e-6)) / 2e-6;
  close(model.gradient(params, batch).gradient.w!, [slope], 1e-8, "the slope");
});
