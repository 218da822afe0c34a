import type { For } from "../../loops/loops.ts";
import { newHoist } from "../hoist.ts";
import type { DefinedFunction } from "./assembler.ts";
import type { Code } from "./code.ts";
import { call, define, get, set } from "./frame.ts";
import { countCode, forCode } from "./loop.ts";
import { realCode } from "./real.ts";
import { anyCount, type Pattern } from "./repeated.ts";
import { constantsOf, type Scope, startCode } from "./scope.ts";

/** The call of a repeated loop's function, which is made at the first. */
export const repeatedCall = (scope: Scope, loop: For, pattern: Pattern, title: string): Code => {
  const { library, reals } = scope;
  const { sum } = pattern;
  const index = library.indexOf(title, () => repeatedFunction(scope, loop, pattern));
  const values = pattern.numbers.map((name) => realCode(scope, { tag: "local", name }));
  const starts = pattern.buffers.map((buffer) => startCode(scope, buffer));
  const called = call(index, ...starts, countCode(scope, loop.extent), ...values);
  return sum === undefined ? called : set(reals.get(sum)!, called);
};

const repeatedFunction = (outer: Scope, loop: For, { buffers, numbers, sum }: Pattern): DefinedFunction => {
  const { precision, choices } = outer;
  const params = [...buffers.map(() => "i32" as const), "i32" as const, ...numbers.map(() => precision)];
  return define({ params, ...(sum === undefined ? {} : { result: precision }) }, (frame, ...given) => {
    const scope: Scope = {
      ...outer,
      frame,
      hoist: newHoist(choices.isNamed),
      starts: new Map(buffers.map((buffer, i) => [buffer, given[i]!])),
      integers: new Map(),
      reals: new Map(numbers.map((name, i) => [name, given[buffers.length + 1 + i]!])),
    };
    const code = forCode(scope, anyCount(loop), get(given[buffers.length]!));
    return [constantsOf(scope), code, sum === undefined ? [] : get(scope.reals.get(sum)!)];
  });
};
