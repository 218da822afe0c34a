import assert from "node:assert/strict";
import { test } from "node:test";
import { arity, type Pointwise } from "../../src/circuit/circuit.ts";
import { backEnds } from "../../src/emit/back-ends.ts";
import type { Target } from "../../src/emit/targets.ts";
import type { Index, LoopProgram, Scalar } from "../../src/loops/loops.ts";
import { fixed } from "../../src/loops/size.ts";
import type { Precision } from "../../src/runtime/interface.ts";
import type { Program } from "../../src/runtime/program.ts";
import { count, drawn } from "../wasm/elementary-arguments.ts";
import { ifNative } from "./here.ts";

const functions = Object.keys(arity) as ReadonlyArray<Pointwise>;
/** One more than whole vectors, so that single numbers are computed too. */
const size = 1025;

/** Buffers 0 and 1 hold arguments; each function has a buffer of its results in a vector's loop, and of one number at a time. */
const programOf = (): LoopProgram => {
  const at = (variable: string, stride = 1): Index => ({ terms: [{ variable, stride: fixed(stride) }], constant: [] });
  const buffers = [0, 1, ...functions.flatMap((_, i) => [2 * i + 2, 2 * i + 3])];
  return {
    lengths: [],
    buffers: buffers.map((id) => ({ name: `b${id}`, rows: fixed(size), front: 0, back: 0, rowSize: fixed(1) })),
    homes: buffers,
    leaves: [],
    results: [],
    blocks: functions.flatMap((fn, i) =>
      [false, true].map((descending, way) => ({
        title: fn,
        body: [
          {
            tag: "for" as const,
            variable: "i",
            extent: { tag: "size" as const, size: fixed(size) },
            descending,
            body: [
              {
                tag: "store" as const,
                buffer: 2 + 2 * i + way,
                index: at("i"),
                mode: "set" as const,
                value: {
                  tag: "call" as const,
                  fn,
                  operands: [0, 1, 0]
                    .slice(0, arity[fn])
                    .map((buffer): Scalar => ({ tag: "load", buffer, index: at("i") })),
                },
              },
            ],
          },
        ],
      })),
    ),
  };
};

const results = (target: Target, precision: Precision, xs: ArrayLike<number>, ys: ArrayLike<number>) => {
  const printing = { precision, without: new Set<never>(), names: false };
  const { support, programs } = backEnds[target].print([{ name: "all", program: programOf() }], printing);
  const program = new Function(`${support}\nreturn ${programs[0]};`)() as Program;
  const { offsets, size: needed } = program.plan([1]);
  const arena = program.arena?.(needed) ?? new (precision === "f32" ? Float32Array : Float64Array)(needed);
  for (let i = 0; i < size; i += 1) {
    arena[offsets[0]! + i] = xs[i]!;
    arena[offsets[1]! + i] = ys[i]!;
  }
  program.run(arena, [], [1], offsets);
  return offsets.slice(2).map((offset) => arena.slice(offset, offset + size));
};

for (const precision of ["f32", "f64"] as const)
  test(
    `every function in C in ${precision} gives the bits that it gives in WebAssembly, alone and in a vector`,
    ifNative,
    () => {
      for (const [seed, kind] of (["exp", "sin", "pow", "mod"] as const).entries()) {
        const [xs, ys] = drawn[kind](precision, seed);
        assert.ok(count >= size);
        const [found, expected] = [results("native", precision, xs, ys), results("wasm", precision, xs, ys)];
        functions.forEach((fn, f) => {
          for (const way of [0, 1])
            for (let i = 0; i < size; i += 1) {
              const [one, other] = [found[2 * f + way]![i]!, expected[2 * f]![i]!];
              if (!Object.is(one, other))
                assert.fail(`${fn} at ${xs[i]}, ${ys[i]}${way === 0 ? ", in a vector" : ""}: ${one}, not ${other}`);
            }
        });
      }
    },
  );
