import { existsSync, statSync } from "node:fs";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import { portraitJson } from "../flow/json.ts";
import { flowPage } from "../flow/picture/page.ts";
import type { Portrait } from "../flow/picture/portrait.ts";
import { flowSvg } from "../flow/picture/svg.ts";
import { summaryText } from "../flow/summary.ts";
import type { Failure } from "./failure.ts";
import { portraitOfProgram } from "./flow-of-program.ts";
import { portraitOfRun } from "./flow-of-run.ts";
import type { FlowOptions } from "./flow-options.ts";
import { besideRun, byEnding, type Endings } from "./output-file.ts";
import type { Terminal } from "./terminal.ts";
import { writeFile } from "./write-file.ts";

/** `rnnc flow FILE|RUN`: how states move with earlier ones, before and after training. */
export const flow =
  (terminal: Terminal) =>
  (place: string, options: FlowOptions): E.Either<Failure, void> =>
    pipe(
      printerOf(place, options),
      E.bindTo("print"),
      E.bind("portrait", () =>
        existsSync(place) && statSync(place).isDirectory()
          ? portraitOfRun(terminal, place, options)
          : portraitOfProgram(terminal, place, options),
      ),
      E.flatMap(({ print, portrait }) => {
        terminal.out(options.json ? portraitJson(portrait) : portraitText(portrait));
        return print(terminal, portrait);
      }),
    );

type Print = (terminal: Terminal, portrait: Portrait) => E.Either<Failure, void>;

const endings: Endings<(portrait: Portrait) => string> = {
  ".svg": flowSvg,
  ".html": flowPage,
  ".json": portraitJson,
};

/** What is wrong with the name of a file is told before anything is computed. */
const printerOf = (place: string, { output, data = [] }: FlowOptions): E.Either<Failure, Print> => {
  if (output === undefined) return E.right(() => E.right(undefined));
  return pipe(
    byEnding(output, endings, undefined, "the flow comes as"),
    E.tap(() => besideRun(output, place, [place, ...data])),
    E.map(
      (print) => (terminal, portrait) =>
        pipe(
          writeFile(output, print(portrait)),
          E.map(() => terminal.err(`Wrote ${output}.\n`)),
        ),
    ),
  );
};

const portraitText = ({ model, about, flows }: Portrait): string =>
  [
    `${model}, ${about}`,
    ...flows.flatMap(({ when, flow: { states } }) => [
      ...(when === "" ? [] : [`${when}:`]),
      ...states.map((state) => `${when === "" ? "" : "  "}${summaryText(state)}`),
    ]),
    "",
  ].join("\n");
