import assert from "node:assert/strict";
import { test } from "node:test";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { differencesOf } from "../../bench/objectives/agreement.ts";
import {
  compiledObjective,
  type Outcome,
  objectives,
  outcomeOf,
  prepared,
  type Sized,
  taskOf,
} from "../../bench/objectives/objectives.ts";
import { nativeProblem } from "../../src/native/index.ts";
import { someOf } from "../often.ts";
import { answerOf, skip } from "./python.ts";

const targets = ["js", "wasm", ...(nativeProblem() === undefined ? (["native"] as const) : [])] as const;

/** Small sizes at random, of every objective; one point or symbol among them. */
const cases: ReadonlyArray<Sized> = someOf([1, 2, 3, 4, 5, 6, 7, 8]).flatMap((seed) => {
  const generator = xoroshiro128plus(seed);
  const any = (from: number, to: number): number => uniformInt(generator, from, to);
  const N = seed === 1 ? 2 : any(3, 20);
  return objectives.map((name): Sized => {
    if (name === "gmm")
      return { name, statics: { D: any(1, 6), K: any(1, 5), gamma: any(1, 3), m: any(0, 3) }, N: N - 1 };
    if (name === "lstm") return { name, statics: { b: any(1, 7), L: any(1, 4) }, N };
    return { name, statics: { n: any(1, 5), V: any(1, 6) }, N: N - 1 };
  });
});

const tasks = cases.map((sized, i) => taskOf(sized, i + 1));
const expected = answerOf<ReadonlyArray<Outcome>>("objectives.py", tasks);

tasks.forEach((task, i) => {
  const sizes = Object.entries({ ...task.statics, N: task.N }).map(([name, value]) => `${name} = ${value}`);
  test(`plain PyTorch has the objective and gradient of ${task.name}: ${sizes.join(", ")}`, { skip }, () => {
    for (const target of targets) {
      const differences = differencesOf(outcomeOf(prepared(compiledObjective(task, target), task)), expected![i]!);
      assert.ok(
        differences.value <= 1e-10 && differences.gradient <= 1e-10,
        `${target}: ${JSON.stringify(differences)}`,
      );
    }
  });
});
