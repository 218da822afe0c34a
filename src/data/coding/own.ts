/** What a record has under a name of the user's, which may be one that every object inherits: `constructor`, `toString`. */
export const ownOf = <A>(record: Readonly<Record<string, A>>, name: string): A | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;
