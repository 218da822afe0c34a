import type { Page } from "../syntax/page.ts";
import { derivativePages } from "./pages/derivatives.ts";
import { indexPages } from "./pages/indices.ts";
import { meaningPages } from "./pages/meanings.ts";
import { namePages } from "./pages/names.ts";
import { numberPages } from "./pages/numbers.ts";
import { usePages } from "./pages/uses.ts";
import type { Problem } from "./problem.ts";

/** By kind of problem what explains it: its stable code and its title stand here alone. */
export const pages: { readonly [T in Problem["tag"]]: Page } = {
  ...namePages,
  ...usePages,
  ...indexPages,
  ...numberPages,
  ...meaningPages,
  ...derivativePages,
};

/** What `rnnc explain` says of every problem that elaborating finds, in the order of their codes. */
export const problemPages: ReadonlyArray<Page> = Object.values(pages).toSorted((a, b) => (a.code < b.code ? -1 : 1));
