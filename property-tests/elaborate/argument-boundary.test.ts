import assert from "node:assert/strict";
import { test } from "node:test";
import type { Diagnostic } from "../../src/syntax/diagnostic.ts";
import { body, diagnosticsOf, modelOf, placeOf } from "./programs.ts";

/** Cells that read an argument beside its position; `direct`: applied as a whole equation. */
const cells: ReadonlyArray<{ readonly what: string; readonly source: string; readonly direct: boolean }> = [
  {
    what: "the position before",
    source: `cell D(x[t]) -> y[t] {\n  y[t] = x[t] - x[t-1]\n}\n${body("input u[t] : R[n]\noutput y[t] = D(u[t])")}`,
    direct: true,
  },
  {
    what: "the position after",
    source: `cell D(x[t]) -> y[t] {\n  y[t] = x[t+1] - x[t]\n}\n${body("input u[t] : R[n]\noutput y[t] = D(2 * u[t])")}`,
    direct: true,
  },
  {
    what: "a position of a cell that runs backward",
    source: `cell D(x[t]) -> y[t] {\n  y[t] = x[t] - x[t-1]\n}\n${body("input u[t] : R[n]\noutput y[t] = backward D(u[t])")}`,
    direct: true,
  },
  {
    what: "a position of an application that stands in an expression",
    source: `cell D(x[t]) -> y[t] {\n  y[t] = x[t] - x[t-1]\n}\n${body("input u[t] : R[n]\noutput y[t] = tanh(D(u[t]) + 1)")}`,
    direct: false,
  },
  {
    what: "a position of an argument that a cell passes on",
    source: `cell D(x[t]) -> y[t] {\n  y[t] = x[t] - x[t-1]\n}\ncell C(z[i]) -> v[i] {\n  v[i] = D(z[i])\n}\n${body("input u[t] : R[n]\noutput y[t] = C(u[t])")}`,
    direct: true,
  },
  {
    what: "an argument with a letter that rides along",
    source: `cell D(x[t]) -> y[t] {\n  y[t] = x[t] - x[t-1]\n}\n${body("axis i in 1..I\ninput u[i,t] : R[n]\noutput y[i,t] = D(u[i,t])")}`,
    direct: true,
  },
  {
    what: "an edge of an argument over two letters",
    source: `cell D(x[i,t]) -> y[i,t] {\n  y[i,t] = x[i,t] - x[i,t-1]\n}\n${body("axis i in 1..I\ninput u[i,t] : R[n]\noutput y[i,t] = D(u[i,t])")}`,
    direct: true,
  },
];

/** What stands between the ticks of a hint. */
const codeOf = ({ hint = "" }: Diagnostic): ReadonlyArray<string> =>
  [...hint.matchAll(/`([^`]+)`/g)].map(([, code]) => code!);

for (const { what, source, direct } of cells) {
  test(`${what}: kept as the hint says, an argument has a value there`, () => {
    const [first, ...others] = diagnosticsOf(source);
    assert.deepEqual([first!.code, others.length], ["RNN133", 0]);
    const [name, boundary, equation, kept] = codeOf(first!);
    const reading = placeOf(source, first!);
    const at = first!.labels[0].span.start;
    const renamed = source.slice(0, at) + reading.replace(name!, kept!) + source.slice(at + reading.length);
    const head = renamed.indexOf("{\n") + 2;
    assert.deepEqual(
      modelOf(`${renamed.slice(0, head)}  ${boundary}\n  ${equation}\n${renamed.slice(head)}`).warnings,
      [],
    );
  });

  if (direct)
    test(`${what}: given to the equation that applies the cell, an argument has a value there`, () => {
      const [first] = diagnosticsOf(source);
      // The innermost application, whose equation ends with its line.
      const applied = source.indexOf("\n", source.search(/= (?:backward )?D\(/));
      assert.deepEqual(
        modelOf(`${source.slice(0, applied)} ${codeOf(first!).at(-1)}${source.slice(applied)}`).warnings,
        [],
      );
    });
}

test("what is no argument is given its boundary where it is read", () => {
  const source = "cell D(x[t]) -> y[t] {\n  y[t] = x[t] + y[t-1]\n}\n";
  const [first] = diagnosticsOf(`${source}${body("input u[t] : R[n]\noutput y[t] = D(u[t])")}`);
  assert.match(first!.hint!, /^Add `y\[0\] = 0`, or learn it/);
});

test("what stands after the end of a cell's own variable has a value where the hint gives it one", () => {
  const cell = "cell D(x[t]) -> y[t] {\n  y[t] = x[t] + y[t+1]\n}\n";
  const model = body("input u[t] : R[n]\noutput y[t] = D(u[t])");
  const [boundary] = codeOf(diagnosticsOf(cell + model)[0]!);
  modelOf(`${cell.replace("{\n", `{\n  ${boundary}\n`)}${model}`);
});
