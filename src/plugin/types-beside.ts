import { writeFileSync } from "node:fs";
import { textOfFile } from "./compile-file.ts";

/** Where TypeScript looks for the types of a program that is imported as a module. */
export const typesBeside = (file: string): string => file.replace(/\.rnn$/, ".d.rnn.ts");

/** Only where they are others than those that stand there: a tool that watches would begin again. */
export const writeTypes = (file: string, text: string): void => {
  const target = typesBeside(file);
  if (textOfFile(target) !== text) writeFileSync(target, text);
};
