import { type Command, Option } from "commander";
import type * as E from "fp-ts/lib/Either.js";
import { type Feeding, feedings } from "../views/diagram/fed.ts";
import type { Step } from "../views/diagram/tile.ts";
import { type Layout, layouts } from "../views/latex/notation.ts";
import type { Failure } from "./failure.ts";
import { assigned, type CommonOptions, count, lengths } from "./options.ts";
import type { Opened } from "./program.ts";

export const programViewNames = [
  "circuit",
  "step",
  "unfolded",
  "graphical",
  "equations",
  "adjoint",
  "schedule",
  "code",
] as const;
export type ProgramView = (typeof programViewNames)[number];

export const viewNames = [...programViewNames, "curves"] as const;
export type View = (typeof viewNames)[number];

export const formatNames = ["text", "dot", "svg", "png", "latex", "rnn", "json"] as const;
export type Format = (typeof formatNames)[number];

export const programNames = ["gradient", "loss", "forward", "start", "step", "module"] as const;

export interface ShowOptions extends CommonOptions {
  readonly view?: View;
  readonly plot?: string;
  readonly data?: ReadonlyArray<string>;
  readonly example?: number;
  readonly last: boolean;
  readonly format?: Format;
  readonly output?: string;
  readonly length: Readonly<Record<string, number>>;
  readonly at?: Step;
  readonly units: boolean;
  readonly fed?: Feeding;
  readonly inside?: boolean;
  readonly shapes: boolean;
  readonly states: boolean;
  readonly given: ReadonlyArray<string>;
  readonly layout?: Layout;
  readonly program?: (typeof programNames)[number];
}

/** What a program looks like in one format; what is missing in it is told besides. */
export type Draw = (
  opened: Opened,
  options: ShowOptions,
  tell: (line: string) => void,
) => E.Either<Failure, string> | Promise<E.Either<Failure, string>>;

/** The formats in which a view comes, its own first. */
export type Draws = ReadonlyMap<Format, Draw>;

export const withShowOptions = (command: Command): Command =>
  command
    .addOption(
      new Option(
        "--view <name>",
        "what is shown (by default the circuit, of a run the curves of its training)",
      ).choices(viewNames),
    )
    .option("--plot <name>", "draw the values of an output, or of any variable, over its one or two axes")
    .option("--data <file...>", "plot, of a run: an example of these files, not of what is held out")
    .option("--example <number>", "plot, of a run: which example, from 1 (default: 1)", count)
    .option("--last", "plot, of a run: the last weights, not those of the lowest held-out loss", false)
    .addOption(new Option("--format <name>", "by default what the output's ending says, or text").choices(formatNames))
    .option("-o, --output <path>", "write to a file instead of standard output")
    .option("--length <T=3>", "for which length (repeatable); pictures take 3 by default", lengths("T=3"), {})
    .option("--at <t=2>", "unfolded: only what stands at this position, and what it reads", position)
    .option("--units", "unfolded: each component of a vector by itself, as in a feed-forward network", false)
    .addOption(
      new Option(
        "--fed <what>",
        "unfolded: what is read back of random variables: the data (teacher forcing), what is drawn (free running), or a graph of each",
      ).choices(feedings),
    )
    .option(
      "--inside",
      "unfolded: with what cells compute on their way to their states; circuit: each cell unfolded; adjoint: with the gradients by parameters",
    )
    .option("--no-inside", "circuit: each cell as one box, as in large circuits anyway")
    .option("--shapes", "circuit: with the shape of what goes along each edge", false)
    .option("--no-states", "graphical: without what the random variables determine")
    .option("--given <names>", "graphical: whose values are known, as in y[1],h[2]", names, [])
    .addOption(
      new Option("--layout <name>", "adjoint in LaTeX: derivatives by a column as columns, or as rows").choices(
        layouts,
      ),
    )
    .addOption(new Option("--program <name>", "schedule, code: of which program").choices(programNames));

const position = (text: string): Step => {
  const [axis, value] = assigned(text, "t=2");
  return { axis, position: value };
};

/** Commas within brackets belong to an index. */
const names = (text: string): ReadonlyArray<string> => text.split(/,(?![^[]*\])/).map((name) => name.trim());
