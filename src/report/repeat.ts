import { folded, type Html, h, section, text } from "../views/page/html.ts";
import type { RunReport } from "./run-report.ts";

/** What it takes to train the same again. */
export const repeatSection = ({ command, facts, program }: RunReport): Html =>
  section(
    "To repeat it",
    h("pre", { class: "command" }, text(command)),
    h("dl", {}, ...facts.map(([name, value]) => `${h("dt", {}, text(name))}${h("dd", {}, text(value))}`)),
    folded("The program", h("pre", {}, text(program))),
  );
