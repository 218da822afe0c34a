import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { compiledProgram } from "../property/programs.ts";
import { ifNative } from "./here.ts";

const example = new URL("../../examples/amplifier/", import.meta.url);
const folder = mkdtempSync(join(tmpdir(), "rnnc-blocks-"));
const compiler = process.env.CC?.split(" ") ?? ["cc"];
const flags = ["-std=c11", "-O2", "-march=native", "-Wall", "-Wextra", "-Wpedantic", "-Werror"];

const built = (
  name: string,
  main: string,
  file: string,
  parts: { readonly source: string; readonly header: string },
) => {
  writeFileSync(join(folder, `${file}.c`), parts.source);
  writeFileSync(join(folder, `${file}.h`), parts.header);
  writeFileSync(join(folder, `${name}-main.c`), main);
  const [command, ...words] = compiler;
  execFileSync(command!, [...words, ...flags, "-o", name, `${name}-main.c`, `${file}.c`], {
    cwd: folder,
    stdio: "pipe",
  });
  return (input: Uint8Array, ...given: ReadonlyArray<string>) =>
    execFileSync(join(folder, name), given, { cwd: folder, input });
};

const floats = (bytes: Uint8Array): Float32Array => new Float32Array(Uint8Array.from(bytes).buffer);

test("the amplifier's program of twenty lines of C plays what the module's forward gives", ifNative, () => {
  const model = compiledProgram(readFileSync(new URL("amplifier.rnn", example), "utf8"), {
    precision: "f32",
    target: "wasm",
  });
  const params = model.init(3);
  writeFileSync(
    join(folder, "weights"),
    model.model.params
      .map(({ path }) => params[path]!)
      .reduce(
        (all, values) => Buffer.concat([all, Buffer.from(values.buffer, values.byteOffset, values.byteLength)]),
        Buffer.alloc(0),
      ),
  );
  const main = readFileSync(new URL("amplifier.c", example), "utf8");
  assert.ok(main.split("\n").length <= 24);
  const play = built("amplifier", main, "amplifier", model.c);
  const x = Float32Array.from({ length: 1000 }, (_, i) => Math.sin(i / 9) * Math.cos(i / 70));
  const y = floats(play(new Uint8Array(x.buffer), "weights"));
  const expected = model.forward(params, model.pack([{ x: Array.from(x) }])).y!.data;
  assert.equal(y.length, 1000);
  y.forEach((value, i) => {
    assert.ok(Math.abs(value - expected[i]!) <= 1e-5, `${i}: ${value} ${expected[i]}`);
  });
});

/** Symbols, a context, positions that are counted, several streams. */
const source = `import GRU from "std"
model Marks(V = 5, n = 20) {
  axis j in 1..J
  axis t in 1..T
  input w[t] : symbol[V]
  input x[t] : R[2]
  input k[j] : R[n]
  param E : R[V,n]
  param A : R[n,2]
  param O : R[3,n]
  h[t] = GRU(n)(E[w[t]] + A x[t] + sum[j](k[j]) / (1 + mod(t, 3)))
  output y[t] : R[3] = O h[t]
}
`;

const blocks = `
#include <stdio.h>
#include <stdlib.h>
#include "marks.h"
#define N 50
static int32_t w[2 * N];
static float x[4 * N], y[6 * N], k[2 * 3 * 20];
static Marks_params params;
int main(void) {
  for (size_t i = 0; i < sizeof params / sizeof(float); i++) ((float *)&params)[i] = (float)((i * 37) % 101) / 101 - 0.5f;
  for (int i = 0; i < 2 * N; i++) w[i] = i * i % 5;
  for (int i = 0; i < 4 * N; i++) x[i] = (float)(i % 7) / 7;
  for (int i = 0; i < 120; i++) k[i] = (float)(i % 5) / 5;
  Marks_batch context = {{2, 3, 0}, NULL, NULL, NULL, NULL, k};
  void *stream = malloc(Marks_stream_memory(context.sizes));
  if (Marks_start(stream, &params, &context) != Marks_ok) return 1;
  for (int round = 0, blocks[] = {1, 7, 50}; round < 3; round++) {
    for (int t = 0, n; t < N; t += n) {
      n = blocks[round] < N - t ? blocks[round] : N - t;
      const Marks_step_inputs inputs = {w + 2 * t, x + 4 * t};
      const Marks_step_outputs outputs = {y + 6 * t};
      if (Marks_process(stream, &inputs, &outputs, (size_t)n) != Marks_ok) return 2;
    }
    fwrite(y, sizeof y, 1, stdout);
    if (Marks_reset(stream) != Marks_ok) return 3;
  }
  w[20] = 5;
  const Marks_step_inputs inputs = {w, x};
  const Marks_step_outputs outputs = {y};
  if (Marks_process(stream, &inputs, &outputs, N) != Marks_wrong_value) return 4;
  if (Marks_process(NULL, &inputs, &outputs, N) != Marks_missing || Marks_reset(NULL) != Marks_missing) return 5;
  free(stream);
  return 0;
}
`;

test("blocks of any size in C have the same bits, and a reset begins anew", ifNative, () => {
  const model = compiledProgram(source, { precision: "f32", exports: ["start", "step", "stream"] });
  const run = built("marks", blocks, "marks", model.c);
  const [first, second, third] = [0, 1, 2].map((i) =>
    Array.from(floats(run(new Uint8Array())).slice(i * 300, (i + 1) * 300)),
  );
  assert.deepEqual(second, first);
  assert.deepEqual(third, first);
  assert.ok(first!.every(Number.isFinite) && new Set(first).size > 200);
});
