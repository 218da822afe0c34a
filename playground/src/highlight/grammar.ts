/** The part of the TextMate format that `grammar/rnn.tmLanguage.json` is written in. */
export interface Grammar {
  readonly patterns: ReadonlyArray<Pattern>;
  readonly repository: Readonly<Record<string, Pattern>>;
}

export interface Pattern {
  readonly include?: string;
  readonly match?: string;
  readonly name?: string;
  readonly captures?: Readonly<Record<string, { readonly name: string }>>;
  readonly patterns?: ReadonlyArray<Pattern>;
}

/** A pattern as an expression of JavaScript, with the scope of the whole and of its groups. */
export interface Rule {
  readonly expression: RegExp;
  readonly scope: string;
  readonly groups: ReadonlyArray<readonly [group: number, scope: string]>;
}

/** All patterns of a grammar, in the order in which they are tried. */
export const rulesOf = ({ patterns, repository }: Grammar): ReadonlyArray<Rule> => {
  const flat = (pattern: Pattern): ReadonlyArray<Rule> => {
    if (pattern.include !== undefined) return flat(repository[pattern.include.slice(1)]!);
    const inner = (pattern.patterns ?? []).flatMap(flat);
    if (pattern.match === undefined) return inner;
    const groups = Object.entries(pattern.captures ?? {}).map(([group, { name }]) => [Number(group), name] as const);
    return [{ expression: new RegExp(pattern.match, "duy"), scope: pattern.name ?? "", groups }, ...inner];
  };
  return patterns.flatMap(flat);
};
