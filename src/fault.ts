/**
 * A fault of rnnc itself, never of the user's program: it says which part broke what. Thrown, because no caller can
 * mend it; `src/cli` turns it into exit code 70 and a request to report it.
 */
export class CompilerFault extends Error {
  override readonly name = "CompilerFault";

  constructor(
    readonly part: string,
    readonly broken: string,
  ) {
    super(`${part}: ${broken}`);
  }
}

/** States an invariant; what breaks it is a fault of ours. */
export const invariant = (part: string, holds: boolean, broken: string): void => {
  if (!holds) throw new CompilerFault(part, broken);
};
