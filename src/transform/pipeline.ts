import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Circuit } from "../circuit/circuit.ts";
import type { Pass } from "../circuit/pass.ts";
import { validate } from "../circuit/validate.ts";
import { CompilerFault } from "../fault.ts";

/** Runs the passes in order and checks the circuit after each one; a fault names the pass. */
export const runPasses =
  (passes: ReadonlyArray<Pass>) =>
  (circuit: Circuit): E.Either<CompilerFault, Circuit> =>
    passes.reduce<E.Either<CompilerFault, Circuit>>(
      (soFar, pass) => pipe(soFar, E.map(pass.run), E.flatMap(checkedAfter(pass))),
      E.right(circuit),
    );

/** The circuit after the passes. One that a pass has broken is a fault of ours, and thrown. */
export const checked =
  (passes: ReadonlyArray<Pass>) =>
  (circuit: Circuit): Circuit =>
    pipe(
      runPasses(passes)(circuit),
      E.getOrElse((fault): Circuit => {
        throw fault;
      }),
    );

const checkedAfter =
  (pass: Pass) =>
  (circuit: Circuit): E.Either<CompilerFault, Circuit> =>
    pipe(
      validate(circuit),
      E.mapLeft(({ broken }) => new CompilerFault(`pass ${pass.name}`, broken)),
    );
