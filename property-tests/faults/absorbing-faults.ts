import { type Fault, faultsOf } from "./fault.ts";

const slopes = faultsOf("transform/pointwise-derivatives.ts");
const guards = faultsOf("transform/guards.ts");
const finite = faultsOf("transform/finite-operands.ts");
const picks = faultsOf("circuit/absorb.ts");
const text = faultsOf("emit/javascript/support.ts");
const wasm = faultsOf("emit/wasm/real.ts");
const wild = faultsOf("circuit/ranges/slopes.ts");

/** Mistakes in what zero absorbs. */
export const absorbingFaults: ReadonlyArray<Fault> = [
  text("zero does not absorb in JavaScript", "(x === 0 || z === 0 ? 0 : x * z)", "(x * z)"),
  wasm(
    "a vector's least of a number and a limit is NaN where the limit is",
    "operations.atMost(realCode(scope, otherwise), realCode(scope, then))",
    "operations.atMost(realCode(scope, then), realCode(scope, otherwise))",
  ),
  wasm("zero absorbs on one side alone in WebAssembly", "operations.or(a!.isZero, b!.isZero)", "b!.isZero"),
  guards("zero absorbs in no adjoint", "reached.has(id) ? absorbing : guardOf(id, operand)", "none"),
  guards(
    "what an infinite gradient reaches is not absorbed",
    "reached.has(id) ? absorbing : guardOf(id, operand)",
    "guardOf(id, operand)",
  ),
  picks(
    "a question whether there are positions hides nothing",
    "(ofValues.has(inputs[0]!) || isByLength(inputs[0]!))",
    "ofValues.has(inputs[0]!)",
  ),
  slopes(
    "an absorbing product loses one second derivative",
    "times: [(b, flow, _, z) => along(b, flow, z), (b, flow, x) => along(b, flow, x)]",
    "times: [(b, flow, _, z) => along(b, flow, z), none]",
  ),
  finite(
    "matrices in whose product zero absorbs are multiplied as they are",
    "? madeFinite(b, factor) : factor",
    "? factor : factor",
  ),
  picks("no zero of a symbol's absorbs", '? "mul" : "times"', '? "mul" : "mul"'),
  wild("the slope of a logarithm is never infinite", "log: [(x) => x.least <= 0 || isWild(x)]", "log: [never]"),
  wild("the slope of a root is never infinite", "sqrt: [(x) => x.least <= 0 || isWild(x)]", "sqrt: [never]"),
];
