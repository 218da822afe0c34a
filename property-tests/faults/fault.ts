/** A mistake planted in the compiler: `find` stands once in the file, and `replace` takes its place. */
export interface Fault {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  readonly what: string;
  /** The pass over loops that the validator is to name. */
  readonly pass?: string;
}

/** Faults of one file: what is wrong, what is replaced, and by what. */
export const faultsOf =
  (file: string) =>
  (what: string, find: string, replace: string, pass?: string): Fault => ({
    file: `src/${file}`,
    find,
    replace,
    what,
    ...(pass === undefined ? {} : { pass }),
  });
