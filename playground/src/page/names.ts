import type { Facts } from "../protocol.ts";
import { element } from "./element.ts";

/** What each name is, with its shape: the same that pointing at one tells, for those who cannot point. */
export const newNames = () => {
  const rows = element("tbody", {});
  const content = element(
    "details",
    { hidden: true },
    element("summary", {}, "Names and shapes"),
    element("div", { class: "wide" }, element("table", { class: "samples" }, rows)),
  );
  return {
    content,
    show: ({ names }: Facts): void => {
      content.hidden = false;
      rows.replaceChildren(
        ...Object.values(names).map(({ written, role }) =>
          element("tr", {}, element("td", {}, element("code", {}, written)), element("td", {}, role)),
        ),
      );
    },
  };
};
