import type { Count, For, Loop } from "../../loops/loops.ts";
import { dimension } from "../../loops/size.ts";
import type { Code } from "./code.ts";
import { get, increase, int, repeatWhile, set, when } from "./frame.ts";
import { lanesOf } from "./lanes.ts";
import { packRight, productCall } from "./product/call.ts";
import { lengthCode, realCode, truthCode } from "./real.ts";
import { constantsOf, inside, integerCode, integerLocal, type Scope } from "./scope.ts";
import { addressOf } from "./vector.ts";
import { vectorLoop } from "./vector-loop.ts";
import { vectorOperations } from "./vector-operations.ts";

/** The code of loops, one after the other. */
export const loopsCode = (scope: Scope, loops: ReadonlyArray<Loop>): Code => loops.map((loop) => loopCode(scope, loop));

const loopCode = (scope: Scope, loop: Loop): Code => {
  const { operations, frame, reals, precision } = scope;
  switch (loop.tag) {
    case "for":
      return forCode(scope, loop);
    case "if":
      return when(
        truthCode(scope, loop.condition),
        loopsCode(scope, loop.then),
        loop.else.length === 0 ? undefined : loopsCode(scope, loop.else),
      );
    case "let":
    case "accumulator": {
      const value = realCode(scope, loop.tag === "let" ? loop.value : { tag: "number", value: loop.initial });
      const local = frame.local(operations.type);
      reals.set(loop.name, local);
      return set(local, value);
    }
    case "letInteger":
      return set(integerLocal(scope, loop.name), lanesOf[precision].toInteger(realCode(scope, loop.value)));
    case "accumulate": {
      const local = reals.get(loop.name)!;
      const join = loop.fn === "sum" ? operations.add : operations.max;
      return set(local, join(get(local), realCode(scope, loop.value)));
    }
    case "store": {
      const value = realCode(scope, loop.value);
      const address = () => addressOf(scope, loop.buffer, loop.index);
      if (loop.mode === "set") return operations.store(address(), value);
      const join = loop.mode === "sum" ? operations.add : operations.max;
      return operations.store(address(), join(operations.load(address()), value));
    }
    case "product":
      return productCall(scope, loop);
  }
};

/** The code of a loop; of so many turns, if that is known otherwise. */
export const forCode = (scope: Scope, loop: For, turns: Code = countCode(scope, loop.extent)): Code => {
  const { lanes } = vectorOperations[scope.precision];
  const i = integerLocal(scope, loop.variable);
  // Of a length as little is known as of the number of examples.
  const { factor, dims } = loop.extent.tag === "size" ? loop.extent.size : dimension(0);
  const count = scope.frame.local("i32");
  const body = inside(scope, loop.variable);
  const turn = (): Code => {
    const code = loopsCode(body, loop.body);
    return [constantsOf(body), code];
  };
  const packed = (scope.packing.before.get(loop) ?? []).map((product) => packRight(scope, product));
  const head = [packed, set(count, turns)];
  if (loop.descending) {
    return [
      head,
      set(i, int.sub(get(count), int.constant(1))),
      repeatWhile(int.greaterEqual(get(i), int.constant(0)), [turn(), increase(i, int.constant(-1))]),
    ];
  }
  const isVector = scope.choices.isVectorisable(loop) && (dims.length > 0 || factor >= lanes);
  const vectors = isVector ? vectorLoop(scope, loop, i, count) : [];
  const rest =
    isVector && factor % lanes === 0
      ? []
      : repeatWhile(int.less(get(i), get(count)), [turn(), increase(i, int.constant(1))]);
  return [head, set(i, int.constant(0)), vectors, rest];
};

export const countCode = (scope: Scope, count: Count): Code =>
  count.tag === "size" ? integerCode(scope, scope.hoist.size(count.size)) : lengthCode(scope, count.table, count.index);
