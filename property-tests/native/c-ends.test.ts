import { test } from "node:test";
import { compiledProgram } from "../property/programs.ts";
import { ifClang, mustHold } from "./run-c.ts";

/** A sequence ends with 2. */
const letters = `model M {
  axis t in 1..T until y[t] == 2
  input kind : symbol[2]
  param E : R[4,3]
  param K : R[4,2]
  param O : R[3,4]
  y[0] = 0
  h[0] = K onehot(kind)
  h[t] = tanh(E onehot(y[t-1]) + h[t-1])
  output p[t] = softmax(O h[t])
  y[t] : symbol[3] ~ categorical(p[t])
}`;

const rooms = `
  static M_params params, gradient;
  int32_t T[] = {3, 2}, kind[] = {0, 1}, y[] = {0, 1, 1, 2, 2, -9};
  float given[] = {1, 1, 1, 1, 1, 1}, loss = 0;
  M_batch batch;
  memset(&batch, 0, sizeof batch);
  batch.sizes.batch = 2, batch.sizes.T = 3;
  batch.T = T, batch.kind = kind, batch.y = y;
  void *const memory = malloc(M_gradient_memory(batch.sizes));
  batch.state = calloc(1, M_state_memory(batch.sizes));
  (void)gradient, (void)given, (void)loss;
`;

const gradient = "M_gradient(&params, &batch, &loss, &gradient, memory)";

test(
  "in C data that go on after the symbol that ends them are refused, where they are given, in a window after it too",
  ifClang,
  () => {
    const { c } = compiledProgram(letters, { precision: "f32" });
    const anew = "memset(batch.state, 0, M_state_memory(batch.sizes))";
    mustHold(c.source, rooms, [
      // Both end with their last; what stands behind the second is not read.
      [gradient, "M_ok"],
      // On after an end of both: the state tells it.
      [gradient, "M_ended"],
      [`T[0] = T[1] = 0, ${gradient}`, "M_ok"],
      [`T[1] = 1, ${gradient}`, "M_ended"],
      [`(${anew}, T[0] = 3, T[1] = 2, y[1] = 2, ${gradient})`, "M_ended"],
      // What is missing is no symbol.
      [`(${anew}, given[1] = 0, batch.y_given = given, ${gradient})`, "M_ok"],
      [`(${anew}, given[1] = 1, ${gradient})`, "M_ended"],
      [`(${anew}, y[1] = 1, y[0] = 2, ${gradient})`, "M_ended"],
      [`(${anew}, y[0] = 0, T[1] = 3, y[5] = 0, ${gradient})`, "M_ended"],
      [`(${anew}, T[1] = 2, ${gradient})`, "M_ok"],
      // An end that was missing is none.
      [`(${anew}, given[3] = given[4] = 0, ${gradient})`, "M_ok"],
      [gradient, "M_ok"],
      ["(free(memory), free(batch.state), 0)", "0"],
    ]);
  },
);

test("in C a step after the symbol that ended a stream is refused, until it begins anew", ifClang, () => {
  const { c } = compiledProgram(letters, { precision: "f32" });
  const streams = `${rooms}
  free(batch.state);
  batch.state = NULL;
  void *const stream = malloc(M_stream_memory(batch.sizes));
  M_random random[2];
  M_drawn drawn;
  M_step_inputs in = {y}, none = {NULL};
  M_step_outputs out = {NULL};
  int32_t found[2];
  drawn.y = found;
  M_seed(random, 2, 1);
`;
  mustHold(c.source, streams, [
    ["M_start(stream, &params, &batch)", "M_ok"],
    ["M_step(stream, &in, &out)", "M_ok"],
    ["y[1] = 2, M_step(stream, &in, &out)", "M_ok"],
    ["M_step(stream, &in, &out)", "M_ended"],
    ["M_process(stream, &in, &out, 1)", "M_ended"],
    ["M_generate(stream, &in, random, NULL, &drawn)", "M_ended"],
    // Others go on with what is drawn.
    ["M_generate(stream, &none, random, NULL, &drawn)", "M_ok"],
    ["M_reset_one(stream, 2)", "M_wrong_value"],
    ["M_reset_one(stream, 0), M_step(stream, &in, &out)", "M_ended"],
    ["M_reset_one(stream, 1), y[1] = 0, M_step(stream, &in, &out)", "M_ok"],
    ["y[0] = 2, M_step(stream, &in, &out)", "M_ok"],
    ["M_step(stream, &in, &out)", "M_ended"],
    ["M_reset(stream), M_step(stream, &in, &out)", "M_ok"],
    ["M_reset_one(NULL, 0)", "M_missing"],
    ["(free(memory), free(stream), 0)", "0"],
  ]);
});

test("in C nothing need be given where no example has a position", ifClang, () => {
  const { c } = compiledProgram(
    `model M {
  axis t in 1..T
  input x[t] : R[2]
  input w[t] : symbol[3]
  param W : R[2,2]
  param E : R[2,3]
  h[0] = 0
  h[t] = tanh(W x[t] + E onehot(w[t]) + h[t-1])
  y[t] : R[2] ~ normal(h[t], 1)
}`,
    { precision: "f32" },
  );
  const before = `
  static M_params params, gradient;
  int32_t T[] = {0, 0};
  float loss = 5;
  M_batch batch;
  memset(&batch, 0, sizeof batch);
  batch.sizes.batch = 2, batch.T = T;
  void *const memory = malloc(4096);
`;
  mustHold(c.source, before, [
    [gradient, "M_ok"],
    ["loss", "0"],
    // Also where there could be some.
    ["(batch.sizes.T = 1, M_gradient_memory(batch.sizes) <= 4096)", "1"],
    [gradient, "M_ok"],
    [`T[1] = 1, ${gradient}`, "M_missing"],
    ["(free(memory), 0)", "0"],
  ]);
});
