import "../src/build/fresh.ts";
import fc from "fast-check";
import "./temporary.ts";

/**
 * What is random in a test run follows from one seed, so that a run means the same everywhere and can be repeated.
 * Loaded before every test file; `FC_SEED=2 npm test` tries other programs, batches and numbers.
 */
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Number(process.env.FC_SEED ?? 1) });
