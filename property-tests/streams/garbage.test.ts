import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { type Target, targetNames } from "../../src/emit/targets.ts";
import { compiledProgram } from "../property/programs.ts";

/** Inputs of every kind, other axes, functions of every kind, positions, and an end that never comes. */
const source = `import LSTM from "std"
model Garbage(n = 4, V = 5, sos = 0, eos = 4) {
  axis t in 1..T until y[t] == eos
  axis j in 1..3
  param E : R[V,n]
  param A : R[n,2]
  param Q : R[V,n]
  input x[t] : R[2]
  input w[t] : symbol[V]
  input z[j,t] : R
  noise m[t] : bernoulli(0.5)
  y[0] = sos
  h[t] = LSTM(n)([A x[t] * m[t] + E[w[t]]; sum[j](z[j,t] * j); E[y[t-1]]])
  output o[t] = softmax(Q h[t])
  output s[t] = exp(-sumsq(h[t])) + sin(t) + log1p(abs(x[t][1]))^0.7 + h[t][1]^3
  y[t] : symbol[V] ~ categorical(o[t])
}
`;

/** A million samples in blocks, after some thousand by which the engine has learned what is called. */
const measured = `
import { PerformanceObserver } from "node:perf_hooks";
const { init, stream } = await import(process.argv[2]);
const n = 64;
const { process: run, reset } = stream(init(1), { streams: 2 });
const inputs = { x: new Float32Array(4 * n).fill(0.3), w: new Int32Array(2 * n).fill(2), z: new Float64Array(6 * n), y: new Uint8Array(2 * n) };
const outputs = { o: new Float32Array(10 * n), s: new Float64Array(2 * n) };
const some = [0];
const blocks = (count) => { for (let i = 0; i < count; i += 1) { run(inputs, outputs, n); if (i % 100 === 0) reset(1); if (i % 1000 === 0) reset(some); } };
blocks(1500);
let collections = 0;
const observer = new PerformanceObserver((list) => { collections += list.getEntries().length; });
observer.observe({ entryTypes: ["gc"] });
globalThis.gc();
await new Promise((done) => setTimeout(done, 50));
collections = 0;
blocks(1_000_000 / (2 * n));
await new Promise((done) => setTimeout(done, 50));
console.log(collections);
if (!outputs.o.every(Number.isFinite) || !outputs.s.every(Number.isFinite)) throw new Error("no numbers");
`;

for (const [i, target] of (targetNames satisfies ReadonlyArray<Target>).entries())
  test(`a million samples in blocks collect no garbage (${target})`, () => {
    const folder = mkdtempSync(join(tmpdir(), "rnnc-garbage-"));
    const [module, script] = [join(folder, `model${i}.mjs`), join(folder, "measured.mjs")];
    writeFileSync(
      module,
      compiledProgram(source, { target, precision: "f32", exports: ["init", "stream"] }).moduleText,
    );
    writeFileSync(script, measured);
    const told = execFileSync(process.execPath, ["--expose-gc", script, pathToFileURL(module).href], {
      encoding: "utf8",
    });
    assert.equal(told.trim(), "0");
  });
