import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { pipe } from "fp-ts/lib/function.js";
import * as J from "fp-ts/lib/Json.js";
import * as t from "io-ts";
import { nearest } from "../syntax/nearest.ts";
import { tableOf } from "../table.ts";
import { type Failure, usageError } from "./failure.ts";
import { document } from "./json.ts";
import { type ProjectFile, projectOf } from "./project.ts";
import { isTemplate, type TemplateName, templateNames, templates } from "./templates.ts";
import type { Terminal } from "./terminal.ts";
import { writeFile } from "./write-file.ts";

export interface InitOptions {
  /** A folder of rnnc in place of the registry's. */
  readonly link?: string;
  readonly json: boolean;
}

/** `rnnc init [TEMPLATE [FOLDER]]`: makes a project where nothing stands yet, or lists what there is to make. */
export const init =
  (terminal: Terminal) =>
  (name: string | undefined, folder: string | undefined, options: InitOptions): E.Either<Failure, void> =>
    name === undefined
      ? E.right(list(terminal, options))
      : pipe(
          known(name),
          E.flatMap((template) => make(terminal, template, folder ?? template, options)),
        );

const list = (terminal: Terminal, { json }: InitOptions): void => {
  const rows = templateNames.map((name) => ({ name, description: templates[name].description }));
  const lines = tableOf(
    rows.map(({ name, description }) => [name, description]),
    2,
  );
  terminal.out(json ? document({ templates: rows }) : lines.map((line) => `${line}\n`).join(""));
  terminal.err("rnnc init TEMPLATE [FOLDER] makes a project.\n");
};

const known = (name: string): E.Either<Failure, TemplateName> => {
  if (isTemplate(name)) return E.right(name);
  const meant = nearest(name, templateNames);
  const hint = meant === undefined ? `the templates are ${templateNames.join(", ")}` : `did you mean ${meant}?`;
  return E.left(usageError(`There is no template ${name} (${hint})`));
};

const make = (
  terminal: Terminal,
  template: TemplateName,
  folder: string,
  { link, json }: InitOptions,
): E.Either<Failure, void> =>
  pipe(
    empty(folder),
    E.flatMap(() => (link === undefined ? E.right(undefined) : linkFrom(folder, link))),
    E.map((linked) => projectOf(template, folder, linked)),
    E.tap(E.traverseArray((file) => write(folder, file))),
    E.map((files) =>
      json
        ? terminal.out(document({ template, folder, files: files.map(({ path }) => path) }))
        : terminal.err(nextSteps(template, folder)),
    ),
  );

/** Nothing that stands somewhere is written over. */
const empty = (folder: string): E.Either<Failure, void> =>
  pipe(
    E.tryCatch(
      () => (existsSync(folder) ? readdirSync(folder) : []),
      (reason) => usageError(`I cannot make a project in ${folder} (${(reason as NodeJS.ErrnoException).code})`),
    ),
    E.flatMap(([first]) =>
      first === undefined
        ? E.right(undefined)
        : E.left(usageError(`${folder} is not empty: ${first} stands in it. Name another folder`)),
    ),
  );

const Rnnc = t.type({ name: t.literal("rnnc") });

/** Where rnnc stands, seen from the project, as npm writes it. */
const linkFrom = (folder: string, link: string): E.Either<Failure, string> =>
  pipe(
    E.tryCatch(() => readFileSync(join(link, "package.json"), "utf8"), E.toError),
    E.flatMap((text) => E.mapLeft(E.toError)(J.parse(text))),
    E.filterOrElseW(Rnnc.is, () => undefined),
    E.bimap(
      () => usageError(`--link ${link}: rnnc does not stand in this folder`),
      () => relative(resolve(folder), resolve(link)).split(sep).join("/"),
    ),
  );

const write = (folder: string, { path, bytes }: ProjectFile): E.Either<Failure, void> =>
  writeFile(join(folder, path), bytes);

const nextSteps = (template: TemplateName, folder: string): string =>
  [
    `Made ${folder}: ${templates[template].description}.`,
    "",
    ...(resolve(folder) === resolve(".") ? [] : [`  cd ${folder}`]),
    "  npm install",
    "  npm start       trains, measures, predicts and exports, in about a minute",
    "  npm test        compares the model's gradient with differences",
    "  npm run page    predicts in a page",
    "",
  ].join("\n");
