import type { Sample } from "../protocol.ts";
import { element } from "./element.ts";

/** What a model makes of some examples, as a table; columns in which nothing stands are left out. */
export const sampleRows = (samples: ReadonlyArray<Sample>): ReadonlyArray<HTMLElement> => {
  const columns = [
    { title: "given", text: ({ given }: Sample) => given },
    { title: "truth", text: ({ target, wanted }: Sample) => `${target} = ${wanted}` },
    { title: "most probable", text: ({ predicted }: Sample) => predicted },
    { title: "drawn freely", text: ({ drawn }: Sample) => drawn ?? "" },
  ].filter(({ text }) => samples.some((sample) => text(sample) !== ""));
  return [
    element("tr", {}, ...columns.map(({ title }) => element("th", { scope: "col" }, title))),
    ...samples.map((sample) => element("tr", {}, ...columns.map(({ text }) => element("td", {}, text(sample))))),
  ];
};
