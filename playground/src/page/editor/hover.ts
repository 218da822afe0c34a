import { hoverTooltip } from "@codemirror/view";
import type { NameFact } from "../../protocol.ts";
import { element } from "../element.ts";

/** What is known of names, and what is marked beneath who points. */
export type FactAt = (name: string) => NameFact | undefined;

const names = /[\p{L}_][\p{L}\p{M}\d_']*(?:\.[\p{L}\d_][\p{L}\p{M}\d_']*)*/gu;

/** Says of a name under the pointer what it is, with its shape. */
export const hover = (factAt: FactAt) =>
  hoverTooltip((view, place) => {
    const line = view.state.doc.lineAt(place);
    const comment = line.text.indexOf("//");
    const at = place - line.from;
    if (comment >= 0 && at >= comment) return null;
    const found = [...line.text.matchAll(names)].find(({ index, 0: text }) => index <= at && at <= index + text.length);
    if (found === undefined) return null;
    const fact = factAt(found[0]);
    if (fact === undefined) return null;
    const dom = (): HTMLElement =>
      element(
        "div",
        { class: "hover", role: "tooltip" },
        element("code", {}, fact.written),
        element("div", { class: "soft" }, fact.role),
      );
    return {
      pos: line.from + found.index,
      end: line.from + found.index + found[0].length,
      create: () => ({ dom: dom() }),
    };
  });
