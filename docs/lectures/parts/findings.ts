import type { Claim } from "../../../examples/claims/claim.ts";
import { type Html, h, table, text } from "../../../src/views/page/html.ts";
import type { Part } from "../lecture.ts";

/** What was measured of a sentence of the lectures (`examples/claims`). */
export const claimed = (claim: Claim, command: string): Part => ({
  how: "computed",
  html: () => {
    const rows = claim
      .measure()
      .map(({ what, value, holds }) => [what, value, holds === undefined ? "" : holds ? "holds" : "fails"]);
    const isProved = rows.some(([, , holds]) => holds !== "");
    return toldTable(
      claim.claim,
      [
        ["measured", "", ...(isProved ? [""] : [])],
        ...rows.map(([what, value, holds]) => [what!, value!, ...(isProved ? [holds!] : [])]),
      ],
      command,
    );
  },
});

/** A table under what it is of, with the command that makes it again. */
export const toldTable = (title: string, rows: ReadonlyArray<ReadonlyArray<string>>, command?: string): Html =>
  h(
    "div",
    { class: "told" },
    h("h4", {}, text(title)),
    table(rows),
    command === undefined ? "" : h("p", { class: "soft" }, text(`Again: ${command}`)),
  );

/** What runs as the page is made. */
export const computed = (html: Part["html"]): Part => ({ how: "computed", html });
