/**
 * The tests that a mutant must survive, in one process: all are loaded before the first begins, and the first that fails
 * ends it. Quick ones stand first.
 */
import { afterEach } from "node:test";
import "../transform/laws.test.ts";
import "../transform/derivative-rules.test.ts";
import "../emit/hoist.test.ts";
import "../schedule/order.test.ts";
import "../oracles/adjoint-names.test.ts";
import "../oracles/slices.test.ts";
import "../oracles/ties.test.ts";
import "../oracles/jacobian-products.test.ts";
import "../oracles/likelihoods.test.ts";
import "../oracles/positions.test.ts";
import "../oracles/time.test.ts";
import "../transform/project-tables.test.ts";
import "../transform/stream.test.ts";
import "../transform/differentiate.test.ts";
import "../oracles/forward-mode.test.ts";
import "../oracles/complex-step.test.ts";
import "../transform/batch.test.ts";
import "../transform/simplify.test.ts";
import "../transform/diagonals.test.ts";

afterEach((context) => {
  if ("passed" in context && context.passed === false) process.exit(1);
});
