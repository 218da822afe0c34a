import { CompilerFault } from "../../fault.ts";
import type { For, Loop } from "../../loops/loops.ts";
import type { Code } from "./code.ts";
import { get, increase, int, type Local, repeatWhile, set } from "./frame.ts";
import { lanesOf } from "./lanes.ts";
import type { Operations } from "./operations.ts";
import { realCode } from "./real.ts";
import { scalarOperations } from "./scalar-operations.ts";
import { constantsOf, inside, integerLocal, type Scope } from "./scope.ts";
import { loadVector, storeVector } from "./vector.ts";
import { vectorOperations } from "./vector-operations.ts";

/**
 * As many whole vectors of turns of a vectorisable loop as its count allows; the variable is left at the first turn that
 * remains. What is accumulated is kept in vectors meanwhile, and put together at the end.
 */
export const vectorLoop = (scope: Scope, loop: For, i: Local, count: Local): Code => {
  const operations = vectorOperations[scope.precision];
  const across: Scope = { ...inside(scope, loop.variable), operations, across: loop.variable };
  const sums = loop.body.flatMap((inner) => (inner.tag === "accumulate" ? [inner] : []));
  const totals = sums.map(({ name, fn }) => {
    const total = scope.frame.local("v128");
    const alone = scope.reals.get(name);
    if (alone === undefined) throw new CompilerFault("wasm", `no accumulator ${name}`);
    across.reals.set(name, total);
    return { total, alone, fn };
  });
  const limit = scope.frame.local("i32");
  const code = loop.body.map((inner) => vectorStatement(across, loop.variable, inner));
  return [
    set(limit, int.and(get(count), int.constant(-operations.lanes))),
    totals.map(({ total, fn }) => set(total, operations.constant(fn === "sum" ? 0 : Number.NEGATIVE_INFINITY))),
    repeatWhile(int.less(get(i), get(limit)), [constantsOf(across), code, increase(i, int.constant(operations.lanes))]),
    totals.map(({ total, alone, fn }) => set(alone, folded(scope, total, alone, fn))),
  ];
};

const vectorStatement = (scope: Scope, variable: string, loop: Loop): Code => {
  const { operations, frame, reals } = scope;
  switch (loop.tag) {
    case "let": {
      const value = realCode(scope, loop.value);
      const local = frame.local("v128");
      reals.set(loop.name, local);
      return set(local, value);
    }
    case "letInteger": {
      const single: Scope = { ...scope, operations: scalarOperations[scope.precision], across: undefined };
      return set(integerLocal(scope, loop.name), lanesOf[scope.precision].toInteger(realCode(single, loop.value)));
    }
    case "accumulate": {
      const total = reals.get(loop.name)!;
      return set(total, joined(operations, loop.fn)(get(total), realCode(scope, loop.value)));
    }
    case "store": {
      const value = realCode(scope, loop.value);
      const stored =
        loop.mode === "set"
          ? value
          : joined(operations, loop.mode)(loadVector(scope, variable, loop.buffer, loop.index), value);
      return storeVector(scope, variable, loop.buffer, loop.index, stored);
    }
    case "for":
    case "if":
    case "accumulator":
    case "product":
      throw new CompilerFault("wasm", `${loop.tag} in the loop of a vector`);
  }
};

const joined = (operations: Operations, fn: "sum" | "max") => (fn === "sum" ? operations.add : operations.max);

/** The lanes of a vector joined to a number, one after the other. */
const folded = ({ precision }: Scope, total: Local, alone: Local, fn: "sum" | "max"): Code => {
  const join = joined(scalarOperations[precision], fn);
  return Array.from({ length: vectorOperations[precision].lanes }, (_, lane) => lane).reduce<Code>(
    (sum, lane) => join(sum, lanesOf[precision].extract(get(total), lane)),
    get(alone),
  );
};
