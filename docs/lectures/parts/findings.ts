import type { Claim, Finding } from "../../../examples/claims/claim.ts";
import { claims } from "../../../examples/claims/claims.ts";
import { type Html, h, table, text } from "../../../src/views/page/html.ts";
import type { Part } from "../lecture.ts";

/** What is measured of a sentence of the lectures (`examples/claims`) as the page is made. */
export const claimed = (claim: Claim): Part =>
  computed(() => findingsTable(claim.claim, claim.measure(), `npm run claims -- ${claims.indexOf(claim) + 1}`));

export const findingsTable = (title: string, findings: ReadonlyArray<Finding>, command: string): Html => {
  const isProved = findings.some(({ holds }) => holds !== undefined);
  const rows = findings.map(({ what, value, holds }) => [
    what,
    value,
    ...(isProved ? [holds === undefined ? "" : holds ? "holds" : "fails"] : []),
  ]);
  return toldTable(title, [["measured", "", ...(isProved ? [""] : [])], ...rows], command);
};

/** A table under what it is of, with the command that makes it again. */
export const toldTable = (title: string, rows: ReadonlyArray<ReadonlyArray<string>>, command?: string): Html =>
  h(
    "div",
    { class: "told" },
    h("h4", {}, text(title)),
    table(rows),
    command === undefined ? "" : h("p", { class: "soft again" }, text(`Again: ${command}`)),
  );

/** What runs as the page is made. */
export const computed = (html: Part["html"]): Part => ({ how: "computed", html });
