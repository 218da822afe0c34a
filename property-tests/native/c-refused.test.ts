import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { newFolder } from "../cli/run-rnnc.ts";
import { compiledProgram } from "../property/programs.ts";
import { isHere, lightly } from "./c-cases.ts";
import { ifNative } from "./here.ts";

/** Symbols, a truth, a table whose rows an axis counts, a last position that must be there, a position in the data. */
const source = `model M {
  axis t in 1..T
  input w[t] : symbol[5]
  input q : position[T]
  param P : R[4,3]
  param E : R[3,5]
  h[0] = 0
  h[t] = tanh(E onehot(w[t]) + P[t] + h[t-1])
  g[t] = 2 * h[t]
  output o = sum(g[T]) + sum(h[q])
  y ~ bernoulli(sigmoid(sum(g[T]) + sum(h[q])))
}`;

const compiler = "clang";

/** One thing is wrong in each, so nothing is done; what is expected stands beside. */
const wrong: ReadonlyArray<readonly [what: string, expected: string]> = [
  ["", "ok"],
  ["batch.sizes.batch = 0;", "wrong_size"],
  ["batch.sizes.batch = SIZE_MAX;", "wrong_size"],
  ["batch.sizes.T = SIZE_MAX;", "wrong_size"],
  ["batch.sizes.batch = INT32_MAX; batch.sizes.T = INT32_MAX;", "wrong_size"],
  ["T[1] = -1;", "wrong_length"],
  ["T[1] = 4;", "wrong_length"],
  // No last position; more than the table has rows.
  ["T[1] = 0;", "wrong_length"],
  ["batch.sizes.T = 5; T[0] = 5;", "wrong_length"],
  ["w[0] = 5;", "wrong_value"],
  ["w[0] = -1;", "wrong_value"],
  ["w[3] = INT32_MIN;", "wrong_value"],
  ["q[1] = 3;", "wrong_value"],
  ["q[1] = 0;", "wrong_value"],
  ["batch.w = NULL;", "missing"],
];

/** The same of what the loss alone reads. */
const wrongInLoss: ReadonlyArray<readonly [what: string, expected: string]> = [
  ["y[0] = 0.5f;", "wrong_value"],
  ["y[0] = rn_nan();", "wrong_value"],
  ["given[1] = 2;", "wrong_value"],
  ["batch.y = NULL;", "missing"],
  ["given[0] = 0; y[0] = 0;", "ok"],
  ["batch.y_given = NULL;", "ok"],
];

const calls = {
  forward: "M_forward(&params, &batch, &outputs, memory)",
  gradient: "M_gradient(&params, &batch, &loss, &gradient, memory)",
};

const scenario = (call: keyof typeof calls, [what]: readonly [string, string], i: number): string => `
static int scenario_${call}_${i}(void) {
  static M_params params, gradient;
  M_outputs outputs;
  M_batch batch;
  rn_f o[2], loss = 0;
  int32_t w[] = {1, 4, 3, 0, 2, -9}, T[] = {3, 2}, q[] = {3, 2};
  rn_f y[] = {1, 0}, given[] = {1, 1};
  const M_sizes sizes = {2, 3};
  memset(&batch, 0, sizeof batch);
  batch.sizes = sizes, batch.T = T, batch.w = w, batch.q = q, batch.y = y, batch.y_given = given;
  outputs.o = o;
  (void)gradient, (void)loss, (void)outputs;
  ${what}
  const size_t size = M_gradient_memory(batch.sizes);
  void *memory = malloc(size == SIZE_MAX ? 64 : size);
  const int code = ${calls[call]};
  free(memory);
  return code;
}`;

test("wrong sizes, lengths, symbols, positions and truths are refused by their kind before anything is read by them", {
  ...ifNative,
  ...(isHere(compiler) ? {} : { skip: `there is no ${compiler}` }),
}, () => {
  const { c } = compiledProgram(source, { precision: "f32" });
  const tried = [
    ...wrong.map((each, i) => ["forward", each, i] as const),
    ...wrong.map((each, i) => ["gradient", each, i] as const),
    ...wrongInLoss.map((each, i) => ["gradient", each, wrong.length + i] as const),
  ];
  const text = [
    "#include <stdio.h>",
    "#include <stdlib.h>",
    c.source,
    ...tried.map(([call, each, i]) => scenario(call, each, i)),
    "int main(void) {",
    ...tried.map(([call, [, expected], i]) => `printf("%d %d\\n", scenario_${call}_${i}(), M_${expected});`),
    "const M_sizes large = {SIZE_MAX, 1}, most = {INT32_MAX, INT32_MAX};",
    'printf("%d 1\\n", M_forward_memory(large) == SIZE_MAX && M_gradient_memory(most) == SIZE_MAX);',
    'printf("%d %d\\n", M_forward(NULL, NULL, NULL, NULL), M_missing);',
    "static char room[64];",
    "M_params params; M_batch batch; M_outputs outputs;",
    "memset(&batch, 0, sizeof batch);",
    'printf("%d %d\\n", M_forward(&params, &batch, &outputs, (void *)(((uintptr_t)room + 31) / 16 * 16 + 1)), M_unaligned);',
    "return 0;",
    "}",
    "",
  ].join("\n");
  const folder = newFolder();
  writeFileSync(join(folder, "wrong.c"), text);
  const flags = ["-std=c11", lightly, "-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"];
  const program = join(folder, "wrong");
  const built = spawnSync(compiler, [...flags, "-o", program, join(folder, "wrong.c")], { encoding: "utf8" });
  assert.equal(`${built.status} ${built.stderr}`, "0 ");
  const ran = spawnSync(program, [], { encoding: "utf8" });
  assert.equal(`${ran.status} ${ran.stderr.slice(0, 3000)}`, "0 ");
  const lines = ran.stdout.trim().split("\n");
  assert.equal(lines.length, tried.length + 3);
  lines.forEach((line, i) => {
    const [found, expected] = line.split(" ");
    assert.equal(found, expected, `${tried[i]?.[0]}: ${tried[i]?.[1][0]}`);
  });
});
