import { CompilerFault } from "../../fault.ts";
import type { BufferId, Product } from "../../loops/loops.ts";
import type { Precision } from "../../runtime/interface.ts";
import type { Hoist, Integer } from "../hoist.ts";
import type { Packing } from "../packing.ts";
import type { WasmChoices } from "./choices.ts";
import type { Code } from "./code.ts";
import { get, int, type Local, type Locals, set } from "./frame.ts";
import type { Layout } from "./layout.ts";
import type { Library } from "./library.ts";
import type { Operations } from "./operations.ts";
import type { Sharing } from "./sharing.ts";

/** What the loops of a block are printed with. */
export interface Scope {
  readonly frame: Locals;
  readonly library: Library;
  readonly layout: Layout;
  readonly precision: Precision;
  readonly choices: WasmChoices;
  readonly hoist: Hoist;
  readonly packing: Packing;
  readonly sharing: Sharing;
  /** Where buffers begin, if that is at hand. */
  readonly starts: ReadonlyMap<BufferId, Local>;
  /** Where each packed operand stands, or 0 if it was not worth packing. */
  readonly packed: Map<Product, Local>;
  /** Loop variables and integer constants of the whole block; their names are distinct. */
  readonly integers: Map<string, Local>;
  /** Real numbers, or in a vector's loop vectors of them, by name. */
  readonly reals: Map<string, Local>;
  /** Arithmetic on single numbers, or on a vector of neighbouring turns of the innermost loop. */
  readonly operations: Operations;
  /** The variable of that loop. */
  readonly across: string | undefined;
}

export const inside = (scope: Scope, variable: string): Scope => ({
  ...scope,
  hoist: scope.hoist.inside(variable),
  reals: new Map(scope.reals),
});

export const integerLocal = ({ frame, integers }: Scope, name: string): Local => {
  const local = integers.get(name) ?? frame.local("i32");
  integers.set(name, local);
  return local;
};

/** What must stand at the head of a body whose loops are printed. */
export const constantsOf = (scope: Scope): Code =>
  scope.hoist.constants().map(({ name, value }) => set(integerLocal(scope, name), integerCode(scope, value)));

export const integerCode = (scope: Scope, integer: Integer): Code => {
  switch (integer.tag) {
    case "fixed":
      return int.constant(integer.value);
    case "dimension":
      return int.load(int.constant(scope.layout.dimension(integer.dimension)));
    case "start":
      return startCode(scope, integer.buffer);
    case "name":
      return get(integerLocal(scope, integer.name));
    case "sum":
      return folded(
        integer.terms.map((term) => integerCode(scope, term)),
        int.add,
      );
    case "product": {
      const fixed = integer.factors.reduce((all, factor) => (factor.tag === "fixed" ? all * factor.value : all), 1);
      const others = integer.factors.filter((factor) => factor.tag !== "fixed");
      const rest = folded(
        others.map((factor) => integerCode(scope, factor)),
        int.mul,
      );
      return fixed === 1 ? rest : scaled(rest, fixed);
    }
  }
};

export const startCode = ({ starts, layout }: Scope, buffer: BufferId): Code => {
  const known = starts.get(buffer);
  return known === undefined ? int.load(int.constant(layout.start(buffer))) : get(known);
};

const scaled = (value: Code, by: number): Code => {
  const power = 31 - Math.clz32(by);
  return by === 1 << power ? int.shiftLeft(value, int.constant(power)) : int.mul(value, int.constant(by));
};

const folded = (codes: ReadonlyArray<Code>, join: (a: Code, b: Code) => Code): Code => {
  const [first, ...rest] = codes;
  if (first === undefined) throw new CompilerFault("wasm", "an empty sum or product of integers");
  return rest.reduce(join, first);
};
