/** The tests that a mutant must survive, in one process: all are loaded before the first begins. */
import "../emit/hoist.test.ts";
import "../schedule/order.test.ts";
import "../transform/batch.test.ts";
import "../transform/differentiate.test.ts";
import "../transform/laws.test.ts";
import "../transform/project-tables.test.ts";
import "../transform/simplify.test.ts";
import "../transform/stream.test.ts";
import "../oracles/adjoint-names.test.ts";
import "../oracles/complex-step.test.ts";
import "../oracles/forward-mode.test.ts";
import "../oracles/jacobian-products.test.ts";
import "../oracles/likelihoods.test.ts";
import "../oracles/positions.test.ts";
import "../oracles/slices.test.ts";
import "../oracles/ties.test.ts";
import "../oracles/time.test.ts";
