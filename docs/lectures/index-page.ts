import { h, paragraph, text } from "../../src/views/page/html.ts";
import { pageOf } from "../../src/views/page/page.ts";
import type { Lecture } from "./lecture.ts";
import { lectureStyle } from "./style.ts";

/** The way to the lectures. */
export const indexPage = (lectures: ReadonlyArray<Lecture>): string =>
  pageOf("Five lectures on recurrent networks, taught live", lectureStyle, [
    h("h1", {}, "Five lectures on recurrent networks, taught live"),
    paragraph(
      "Each page has the figures, derivations and demonstrations of one deck, made by rnnc from programs that stand beside them and open in the playground.",
    ),
    ...lectures.map(({ name, deck, title, by, chapters }) =>
      h(
        "section",
        {},
        h("h2", {}, h("a", { href: `${name}.html` }, text(`${deck}: ${title}`))),
        paragraph(by),
        h(
          "ul",
          {},
          ...chapters.map((chapter) =>
            h("li", {}, text(`${chapter.title}: ${chapter.figures.map((figure) => figure.title).join(" · ")}`)),
          ),
        ),
      ),
    ),
  ]);
