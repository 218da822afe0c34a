import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isLeft } from "fp-ts/lib/Either.js";
import { compileFile, reporterOf } from "./compile-file.ts";
import { sourceMapOf } from "./source-map.ts";

interface Loaded {
  readonly format: string;
  readonly source: string;
  readonly shortCircuit: true;
}

/** Node's hook: a file that ends in `.rnn` is loaded as the module that it compiles to. */
export const load = async (
  url: string,
  context: object,
  next: (url: string, context: object) => Promise<unknown>,
): Promise<unknown> => {
  const address = new URL(url);
  if (!address.pathname.endsWith(".rnn") || address.protocol !== "file:") return next(url, context);
  const file = fileURLToPath(address);
  const source = readFileSync(file, "utf8");
  const result = compileFile(file, source, {});
  if (isLeft(result)) {
    throw new SyntaxError(`\n${result.left.map(reporterOf(file, source)).join("\n\n")}\n`);
  }
  const { compiled } = result.right;
  const map = Buffer.from(JSON.stringify(sourceMapOf(compiled, file))).toString("base64");
  const loaded: Loaded = {
    format: "module",
    source: `${compiled.moduleText}\n//# sourceMappingURL=data:application/json;base64,${map}\n`,
    shortCircuit: true,
  };
  return loaded;
};
