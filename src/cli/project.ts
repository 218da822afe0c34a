import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { fastCheckVersion, version } from "./generated/own.ts";
import { type Template, type TemplateName, templates } from "./templates.ts";

/** A file of a project, its path from the project's folder. */
export interface ProjectFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The files of all templates: beside this one, and beside the bundle that it becomes part of. */
const root = fileURLToPath(new URL("./templates/", import.meta.url));

/** All files of a project; `linked` is where rnnc stands, if it does not come from the registry. */
export const projectOf = (
  name: TemplateName,
  folder: string,
  linked: string | undefined,
): ReadonlyArray<ProjectFile> => {
  const template = templates[name];
  return [
    fileOf("package.json", packageOf(template, folder, packageName(folder) || name, linked)),
    ...["common", name].flatMap((part) =>
      readdirSync(`${root}${part}`)
        .toSorted()
        .map((file) => laid(template, file, readFileSync(`${root}${part}/${file}`))),
    ),
  ];
};

const fileOf = (path: string, text: string): ProjectFile => ({ path, bytes: new TextEncoder().encode(text) });

/** npm heeds a `.gitignore` in what it packs, so it has another name until it stands where it is meant for. */
const laid = (template: Template, file: string, bytes: Uint8Array): ProjectFile => {
  if (file === "gitignore") return { path: ".gitignore", bytes };
  if (file !== "gradient.test.js") return { path: file, bytes };
  const statics = Object.entries(template.small).map(([name, value]) => `${name}: ${value}`);
  return fileOf(file, new TextDecoder().decode(bytes).replace("statics = {}", `statics = { ${statics.join(", ")} }`));
};

/** What npm takes for a name. */
const packageName = (folder: string): string =>
  basename(resolve(folder))
    .toLowerCase()
    .replaceAll(/[^a-z0-9._~-]+/g, "-")
    .replace(/^[-._]+|-+$/g, "");

const packageOf = (
  { description, train, predict, serves }: Template,
  folder: string,
  name: string,
  linked: string | undefined,
): string =>
  `${JSON.stringify(
    {
      name,
      version: "0.0.0",
      description: `${description[0]!.toUpperCase()}${description.slice(1)}.`,
      private: true,
      type: "module",
      scripts: {
        start: "npm run clean && npm run train && npm run eval && npm run predict && npm run export",
        clean: `node -e "require('fs').rmSync('run', { recursive: true, force: true })"`,
        train: `rnnc train model.rnn ${train} --run run`,
        eval: "rnnc eval run",
        predict,
        export: `rnnc export run -o model.js --exports ${serves}`,
        page: "node serve.js",
        test: "node --test",
      },
      dependencies: { rnnc: linked === undefined ? `^${version}` : `file:${linked}` },
      // A checkout that is linked has its own, which is the one that it loads.
      ...(linked !== undefined && existsSync(resolve(folder, linked, "node_modules", "fast-check"))
        ? {}
        : { devDependencies: { "fast-check": fastCheckVersion } }),
    },
    null,
    2,
  )}\n`;
