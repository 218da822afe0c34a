import { readFileSync } from "node:fs";

/** Where what took minutes to measure is kept. */
export const measuredFile = (name: string): URL => new URL(`measured/${name}.json`, import.meta.url);

/** What was measured, with the command that measures it again. */
export const measured = <A>(name: string): A & { readonly command: string } =>
  JSON.parse(readFileSync(measuredFile(name), "utf8"));
