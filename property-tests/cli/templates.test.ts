import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as E from "fp-ts/lib/Either.js";
import { templateNames, templates } from "../../src/cli/templates.ts";
import { compile } from "../../src/compile.ts";
import { lawsOf } from "../../src/property/index.ts";
import { someOf } from "../often.ts";
import { newFolder, rnnc } from "./run-rnnc.ts";
import { wordsOf } from "./words.ts";

const checkout = fileURLToPath(new URL("../../", import.meta.url));

const made = async (name: string, ...words: ReadonlyArray<string>): Promise<string> => {
  const folder = join(newFolder(), "my-project");
  const { code, err } = await rnnc("init", name, folder, ...words);
  assert.equal(code, 0, err);
  return folder;
};

const settingsIn = (folder: string) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

/** Runs a script of a project as npm does, but that its paths do not begin in the folder where it runs. */
const script = async (folder: string, line: string) => {
  const own = new Set([...readdirSync(folder), "run", "model.js"]);
  const [called, ...words] = wordsOf(line);
  assert.equal(called, "rnnc");
  const told = await rnnc(...words.map((word) => (own.has(word) ? join(folder, word) : word)));
  assert.equal(told.code, 0, told.err);
  return told.out;
};

test("init lists every template with what it is of", async () => {
  const { code, out } = await rnnc("init");
  assert.equal(code, 0);
  assert.deepEqual(
    out.trimEnd().split("\n"),
    templateNames.map((name) => `${name.padEnd(9)}  ${templates[name].description}`),
  );
  const rows = templateNames.map((name) => ({ name, description: templates[name].description }));
  assert.deepEqual(JSON.parse((await rnnc("init", "--json")).out), { templates: rows });
});

test("each folder of templates is a template", () => {
  const folders = readdirSync(join(checkout, "src/cli/templates"));
  assert.deepEqual(folders.toSorted(), ["common", ...templateNames].toSorted());
});

for (const name of templateNames) {
  const isTried = someOf(templateNames, 0, 4).includes(name) ? {} : { skip: "the thorough run tries every one" };
  test(
    `${name}: from nothing to a trained, asked and exported model by the scripts of its package`,
    isTried,
    async () => {
      const folder = await made(name);
      const { scripts } = settingsIn(folder);
      assert.match(scripts.start, /clean .* train .* eval .* predict .* export$/);
      await script(folder, scripts.train.replace(/--(steps|epochs) \d+/, "--steps 3"));
      const told = JSON.parse(await script(folder, `${scripts.eval} --json`));
      assert.deepEqual(figuresIn(folder).filter((figure) => !isOf(baselinesIn(told), figure)).length, ofModel[name]);
      const page = join(folder, "page.html");
      assert.equal((await rnnc("report", join(folder, "run"), "-o", page)).code, 0);
      assert.match(readFileSync(page, "utf8"), /<h2>Predictions beside the truth<\/h2>/);
      const asked = await script(folder, scripts.predict);
      assert.ok(asked.length > 10, asked);
      await script(folder, scripts.export);
      const module = await import(pathToFileURL(join(folder, "model.js")).href);
      assert.equal(typeof module[templates[name].serves], "function");
    },
  );

  test(`${name}: its model is formatted, and the laws of its test hold`, async () => {
    const folder = await made(name);
    assert.equal((await rnnc("fmt", "--check", join(folder, "model.rnn"))).code, 0);
    const [, statics] = /const statics = (\{.*\});/.exec(readFileSync(join(folder, "gradient.test.js"), "utf8"))!;
    assert.deepEqual(JSON.parse(statics!.replaceAll(/(\w+):/g, '"$1":')), templates[name].small);
    const compiled = compile(readFileSync(join(folder, "model.rnn"), "utf8"), {
      precision: "f64",
      statics: templates[name].small,
    });
    assert.ok(E.isRight(compiled), JSON.stringify(compiled));
    assert.deepEqual(compiled.right.warnings, []);
    const laws = lawsOf(compiled.right);
    assert.ok(laws.length >= 4);
    for (const { check } of laws) check({ numRuns: 2 });
  });

  test(`${name}: its data are small, its page loads nothing from elsewhere, and its README says what it reaches`, async () => {
    const folder = await made(name);
    for (const file of readdirSync(folder)) assert.ok(statSync(join(folder, file)).size <= 60_000, file);
    const page = readFileSync(join(folder, "index.html"), "utf8");
    assert.doesNotMatch(page, /(src|href)="(https?:)?\/\/|innerHTML|eval\(/);
    assert.match(page, /import\("\.\/model\.js"\)/);
    const readme = readFileSync(join(folder, "README.md"), "utf8");
    assert.match(readme, /npm install && npm start/);
    assert.match(readme, /public\s+domain|licence|corpus/i);
  });
}

/** How many of the figures in a README are of the model, trained as its script says; all others are of baselines. */
const ofModel: { readonly [T in (typeof templateNames)[number]]: number } = {
  ...{ language: 1, classify: 1, tag: 1, translate: 1 },
  // How far it is off, how many lie in its range, and how many should.
  forecast: 3,
};

/** What a README says that is reached. */
const figuresIn = (folder: string): ReadonlyArray<string> => {
  const paragraphs = readFileSync(join(folder, "README.md"), "utf8").split("\n\n");
  return [...paragraphs[2]!.matchAll(/\d[\d.]*\d( %)?/g)].map(([figure]) => figure);
};

type Estimates = Readonly<Record<string, { readonly value: number }>>;

interface Told {
  readonly targets: Readonly<
    Record<string, { readonly model: Estimates; readonly baselines: Readonly<Record<string, Estimates>> }>
  >;
}

const inReadmes: ReadonlySet<string> = new Set(["accuracy", "bits", "rmse", "coverage80"]);

const valuesIn = (estimates: ReadonlyArray<Estimates>): ReadonlyArray<number> =>
  estimates.flatMap((each) => Object.entries(each).flatMap(([key, { value }]) => (inReadmes.has(key) ? [value] : [])));

const baselinesIn = ({ targets }: Told): ReadonlyArray<number> =>
  valuesIn(Object.values(targets).flatMap(({ baselines }) => Object.values(baselines)));

const modelIn = ({ targets }: Told): ReadonlyArray<number> =>
  valuesIn(Object.values(targets).map(({ model }) => model));

/** Whether a figure is one of these numbers as it is written. */
const isOf = (values: ReadonlyArray<number>, figure: string): boolean => {
  const digits = /\.(\d+)/.exec(figure)?.[1]?.length ?? 0;
  return values.some(
    (value) => (figure.endsWith("%") ? 100 * value : value).toFixed(digits) === figure.replace(" %", ""),
  );
};

const skip = process.env.RNNC_THOROUGH === undefined && "each trains for a quarter of a minute";

for (const name of templateNames)
  test(`${name}: what its README says that it reaches is what eval tells of it`, { skip }, async () => {
    const folder = await made(name);
    const { scripts } = settingsIn(folder);
    await script(folder, scripts.train);
    const told = JSON.parse(await script(folder, `${scripts.eval} --json`));
    const should = name === "forecast" ? ["80 %"] : [];
    const known = [...modelIn(told), ...baselinesIn(told)];
    assert.deepEqual(
      figuresIn(folder).filter((figure) => !isOf(known, figure)),
      should,
    );
  });

test("the documents tell of each template what its README says that it reaches", () => {
  const document = readFileSync(join(checkout, "docs/command-line.md"), "utf8");
  for (const name of templateNames) {
    const [, told] = new RegExp(`^\\| \`${name}\` \\|(.*)$`, "m").exec(document) ?? assert.fail(name);
    const readme = readFileSync(join(checkout, "src/cli/templates", name, "README.md"), "utf8");
    for (const [figure] of told!.matchAll(/\d[\d.]*( %)?/g)) assert.ok(readme.includes(figure), `${name}: ${figure}`);
  }
});

test("a project is named by its folder and depends on this version, or on the rnnc that it is linked to", async () => {
  const own = JSON.parse(readFileSync(join(checkout, "package.json"), "utf8"));
  const plain = settingsIn(await made("classify"));
  assert.deepEqual([plain.name, plain.private, plain.type], ["my-project", true, "module"]);
  assert.deepEqual(plain.dependencies, { rnnc: `^${own.version}` });
  assert.deepEqual(plain.devDependencies, { "fast-check": own.peerDependencies["fast-check"] });
  const folder = await made("classify", "--link", checkout);
  const linked = settingsIn(folder);
  assert.equal(linked.devDependencies, undefined);
  assert.equal(join(folder, linked.dependencies.rnnc.replace(/^file:/, ""), "/"), checkout);
});

test("a folder that holds anything is refused by what it holds, and stays as it was; an empty one is taken", async () => {
  const folder = newFolder();
  writeFileSync(join(folder, "mine.txt"), "mine");
  const { code, err } = await rnnc("init", "tag", folder);
  assert.equal(code, 2);
  assert.match(err, /is not empty: mine\.txt stands in it/);
  assert.deepEqual(readdirSync(folder), ["mine.txt"]);
  const file = await rnnc("init", "tag", join(folder, "mine.txt"));
  assert.deepEqual([file.code, readFileSync(join(folder, "mine.txt"), "utf8")], [2, "mine"]);
  const empty = join(folder, "empty");
  mkdirSync(empty);
  assert.equal((await rnnc("init", "tag", empty)).code, 0);
});

test("init --json names the files that it wrote, which are all that there are", async () => {
  const folder = join(newFolder(), "p");
  const { template, files, ...rest } = JSON.parse((await rnnc("init", "translate", folder, "--json")).out);
  assert.deepEqual([template, rest], ["translate", { folder }]);
  assert.deepEqual(files.toSorted(), readdirSync(folder).toSorted());
  assert.ok(files.includes(".gitignore") && !files.includes("gitignore"));
});

test("a template that there is not is refused with the one that was meant; so is a link to what is not rnnc", async () => {
  const { code, err } = await rnnc("init", "clasify", join(newFolder(), "p"));
  assert.equal(code, 2);
  assert.match(err, /did you mean classify\?/);
  assert.match(
    (await rnnc("init", "x1", newFolder())).err,
    /templates are language, classify, tag, forecast, translate/,
  );
  for (const link of [newFolder(), "/nowhere"]) {
    const folder = join(newFolder(), "p");
    const refused = await rnnc("init", "tag", folder, "--link", link);
    assert.equal(refused.code, 2);
    assert.match(refused.err, /rnnc does not stand in this folder/);
    assert.ok(!readdirSync(dirname(folder)).includes(basename(folder)));
  }
});
