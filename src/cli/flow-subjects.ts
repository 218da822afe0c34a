import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import type { Model } from "../circuit/model.ts";
import type { Subject } from "../flow/flow.ts";
import { componentsIn, subjectsOf } from "../flow/subjects.ts";
import { type Failure, usageError } from "./failure.ts";
import type { FlowOptions } from "./flow-options.ts";
import type { Terminal } from "./terminal.ts";

/** Of so many components it takes seconds. */
const quick = 128;

/** Whose flow is followed; that it takes long is told before. */
export const flowSubjects = (
  terminal: Terminal,
  model: Model,
  { of }: FlowOptions,
): E.Either<Failure, ReadonlyArray<Subject>> =>
  pipe(
    subjectsOf(model, of),
    E.mapLeft(usageError),
    E.tap((subjects) => {
      const large = subjects.find((subject) => componentsIn(subject) > quick);
      if (large !== undefined)
        terminal.err(
          `${large.map(({ name }) => name).join(", ")} has ${componentsIn(large)} components, each of which is moved at each position: this takes a minute or more.\n`,
        );
      return E.right(undefined);
    }),
  );
