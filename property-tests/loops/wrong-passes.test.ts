import assert from "node:assert/strict";
import { test } from "node:test";
import { withoutNothing } from "../../src/circuit/optimisation.ts";
import { CompilerFault } from "../../src/fault.ts";
import type { For, Loop, LoopProgram } from "../../src/loops/loops.ts";
import { loopPasses, runLoopPasses } from "../../src/loops/passes/passes.ts";
import { fixed, times } from "../../src/loops/size.ts";
import { validated } from "../../src/loops/validate/validate.ts";
import { choicesFor } from "../../src/module/programs.ts";
import { schedule } from "../../src/schedule/schedule.ts";
import { compiledExample, exampleNames } from "../emit/examples.ts";

/** A program in which the first loop that a change has something to do with is changed. */
const changedOnce = (program: LoopProgram, change: (loop: Loop) => Loop | undefined): LoopProgram => {
  let isDone = false;
  const inside = (loop: Loop): Loop => {
    if (isDone) return loop;
    const changed = change(loop);
    if (changed !== undefined) {
      isDone = true;
      return changed;
    }
    if (loop.tag === "for") return { ...loop, body: loop.body.map(inside) };
    return loop.tag === "if" ? { ...loop, then: loop.then.map(inside), else: loop.else.map(inside) } : loop;
  };
  return { ...program, blocks: program.blocks.map((block) => ({ ...block, body: block.body.map(inside) })) };
};

const isOver = (loop: Loop, holds: (inner: Loop) => boolean): loop is For =>
  loop.tag === "for" && loop.body.some(holds);

const mistakes: Readonly<Record<string, (program: LoopProgram) => LoopProgram>> = {
  "takes a loop twice as often: out of range": (program) =>
    changedOnce(program, (loop) =>
      isOver(loop, ({ tag }) => tag === "store") && loop.extent.tag === "size"
        ? { ...loop, extent: { tag: "size", size: times(loop.extent.size, fixed(2)) } }
        : undefined,
    ),
  "takes the last term of a sum for the sum: a dropped accumulation": (program) =>
    changedOnce(program, (loop) =>
      loop.tag === "store" && loop.mode === "sum" ? { ...loop, mode: "set" } : undefined,
    ),
  "begins a sum with what was there: never written": (program) =>
    changedOnce(program, (loop) =>
      loop.tag === "product" && !loop.accumulate ? { ...loop, accumulate: true } : undefined,
    ),
  "lets all values stand in one place: two live buffers": (program) => ({
    ...program,
    homes: program.homes.map(() => 0),
  }),
  "forgets the head of a loop: a variable that is not bound": (program) =>
    changedOnce(program, (loop) =>
      isOver(loop, ({ tag }) => tag === "store") ? { ...loop, variable: `other ${loop.variable}` } : undefined,
    ),
};

/** The loops of some examples before any pass. */
const lowered = exampleNames
  .filter((_, i) => i % 6 === 0)
  .map((name) => {
    const { circuits } = compiledExample(name);
    const none = new Set(loopPasses.map(({ name }) => name));
    const choices = choicesFor({ precision: "f32", target: "wasm", without: none });
    return schedule(circuits.gradient ?? circuits.forward, choices);
  });

for (const [what, mistake] of Object.entries(mistakes))
  for (const { name } of loopPasses)
    test(`where ${name} ${what}, the validator names it`, () => {
      const wrong = loopPasses.map((pass) =>
        pass.name === name
          ? { ...pass, run: (program: LoopProgram) => mistake(pass.run(program, withoutNothing)) }
          : pass,
      );
      const caught = lowered.filter((program) => {
        try {
          runLoopPasses(wrong, withoutNothing, validated)(program);
          return false;
        } catch (error) {
          assert.ok(error instanceof CompilerFault, String(error));
          assert.equal(error.part, `loop pass ${name}`);
          return true;
        }
      });
      const harmed = lowered.filter((program) => JSON.stringify(mistake(program)) !== JSON.stringify(program));
      assert.ok(harmed.length > 0);
      assert.equal(caught.length, harmed.length, `${caught.length} of ${harmed.length}`);
    });
