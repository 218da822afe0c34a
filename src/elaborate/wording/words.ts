import { nearest } from "../../syntax/nearest.ts";

export const suggestion = (name: string, known: ReadonlyArray<string>): string | undefined => {
  const found = nearest(name, known);
  return found === undefined ? undefined : `Did you mean \`${found}\`?`;
};

export const count = (n: number, one: string, many: string): string => `${n === 0 ? "no" : n} ${n === 1 ? one : many}`;

export const list = (names: ReadonlyArray<string>): string => joined(names, "and");
export const either = (names: ReadonlyArray<string>): string => joined(names, "or");

const joined = (names: ReadonlyArray<string>, last: "and" | "or"): string => {
  const quoted = names.map((name) => `\`${name}\``);
  return quoted.length < 2 ? quoted.join("") : `${quoted.slice(0, -1).join(", ")} ${last} ${quoted.at(-1)}`;
};
