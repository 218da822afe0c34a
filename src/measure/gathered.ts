import type { Past } from "./past.ts";
import type { Series } from "./season.ts";
import type { Situation } from "./situation.ts";

/** Enough values to see a season by. */
const enough = 20_000;

/** Series put together of what examples tell of them: of windows that overlap each row once. */
export const gatherer = (): {
  readonly add: (situation: Situation, past: Past) => void;
  readonly all: () => ReadonlyArray<Series>;
} => {
  const found: Array<Array<number | undefined>> = [];
  let count = 0;
  let last: { readonly key: string; readonly line: number } | undefined;
  return {
    add: ({ sample }, { values }) => {
      if (count >= enough) return;
      const isRows = sample !== undefined && sample.fields === undefined;
      const key = isRows ? `${sample.group}\n${sample.path}` : "";
      const lines = isRows ? sample.rows.map(({ line }) => line) : [];
      const goesOn = isRows && last?.key === key && lines[0]! <= last.line;
      if (!goesOn) found.push([]);
      const fresh = goesOn ? values.filter((_, i) => lines[i]! > last!.line) : values;
      for (const value of fresh) found.at(-1)!.push(value);
      count += fresh.length;
      last = isRows ? { key, line: lines.at(-1)! } : undefined;
    },
    all: () => found,
  };
};
