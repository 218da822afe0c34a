import type * as E from "fp-ts/lib/Either.js";
import type { Example } from "../runtime/interface.ts";
import type { DataError } from "./data-error.ts";

/** The examples in the text of a file, whose path is for messages. */
export type ExampleReader = (path: string, text: string) => E.Either<DataError, ReadonlyArray<Example>>;
