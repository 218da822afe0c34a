import { type Command, InvalidArgumentError, Option } from "commander";
import type { Layering } from "../weights/dialects/assign.ts";
import { type AskedDialect, dialectNamed, dialectNames } from "../weights/dialects/dialects.ts";

/** Whose layers a file of weights has, and which cell takes which. */
export interface DialectOptions {
  readonly dialect?: AskedDialect;
  readonly layer: Layering;
}

export const withDialect = (command: Command): Command =>
  command
    .addOption(
      new Option(
        "--dialect <name>",
        `the file has recurrent layers as another framework keeps them (${dialectNames.join(", ")})`,
      ).argParser(dialect),
    )
    .option(
      "--layer <name=path>",
      "with --dialect: a layer in the file, and the cell of the model that it is (repeatable)",
      layer,
      {},
    );

const dialect = (text: string): AskedDialect => {
  const found = dialectNamed(text);
  if (found === undefined) throw new InvalidArgumentError(`The dialects are ${dialectNames.join(", ")}.`);
  return found;
};

/** Several cells may be one layer, as both directions are. */
export const layer = (text: string, before: Layering): Layering => {
  const [, name, path] = /^([^=]*)=([^=]+)$/.exec(text) ?? [];
  if (name === undefined || path === undefined)
    throw new InvalidArgumentError("I expected something like encoder.lstm=h.");
  return { ...before, [path]: name };
};
