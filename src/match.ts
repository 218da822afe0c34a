type Cases<U extends { readonly tag: string }, R> = {
  readonly [T in U["tag"]]: (variant: Extract<U, { tag: T }>) => R;
};

/** Case analysis as an expression; leaving a case out does not compile. */
export const match =
  <U extends { readonly tag: string }, R>(cases: Cases<U, R>) =>
  (value: U): R =>
    cases[value.tag as U["tag"]](value as never);
