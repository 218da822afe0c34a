import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as E from "fp-ts/lib/Either.js";
import type { Exhibit, Figure } from "../../docs/lectures/lecture.ts";
import { lectures } from "../../docs/lectures/lectures.ts";
import { measuredFile } from "../../docs/lectures/measured.ts";
import { measurements } from "../../docs/lectures/measurements.ts";
import { compiledProgram, subjectOf } from "../../docs/lectures/programs.ts";
import { startersFrom } from "../../playground/build/starters.ts";
import { linkedIn } from "../../playground/src/link.ts";
import { programFile } from "../../playground/src/program.ts";
import { compile } from "../../src/compile.ts";
import type { Example } from "../../src/runtime/interface.ts";
import { elementsOf, textOf } from "../report/elements.ts";

const pageOf = (name: string): string =>
  readFileSync(new URL(`../../docs/lectures/${name}.html`, import.meta.url), "utf8");

const pages = new Map(lectures.map(({ name }) => [name, pageOf(name)]));

const figuresOf = (name: string): ReadonlyArray<Figure> =>
  lectures.find((lecture) => lecture.name === name)!.chapters.flatMap(({ figures }) => figures);

const everyExhibit: ReadonlyArray<{ readonly place: string; readonly lecture: string; readonly exhibit: Exhibit }> =
  lectures.flatMap(({ name: lecture }) =>
    figuresOf(lecture).flatMap(({ name, exhibits }) =>
      exhibits.map((exhibit) => ({ place: `${lecture}#${name}`, lecture, exhibit })),
    ),
  );

/** What each deck has or names, by the rows of the catalogue, and the demonstrations that are asked for. */
const wanted: Readonly<Record<string, { readonly figures: string; readonly rows: string }>> = {
  s0: {
    figures:
      "definition tagging hello bptt immediate feed-forward bits if-same shapes deep cues vanishing-exploding lstm lstm-steps feasible-lengths paradigm context-vector bottleneck attention-map",
    rows: "1 15 16 21 28 35 38 44 45 46 54 56 57 58 71 88 89 90 91 92 93 94 95 96 99 100 101 102 103 106 119 120 123 126 133 E9 E10 E11 E13",
  },
  s1: {
    figures:
      "weights bptt bracket vanishing-exploding clipping truncated lstm forget-gate lstm-steps feasible-lengths call-and-loop shapes words characters generation word-pipeline character-pipeline",
    rows: "3 4 19 20 50 54 59 61 71 72 73 78 80 84 85 86 87 101 105 108 112 E2 E3 E12",
  },
  s2: {
    figures:
      "hmm-against-rnn systems shapes simple-recurrent bptt double-sum layouts vanishing-exploding linear clipping regulariser deep lstm-steps conveyor feasible-lengths gru stacked bidirectional hierarchical classification labelling parse-tree spatial-temporal attention-steps attention-map",
    rows: "6 7 8 9 10 11 18 24 26 27 29 33 35 36 37 42 51 52 54 60 61 62 64 65 66 67 68 74 75 96 98 99 100 101 102 104 109 111 118 E4 E5 E6 E14",
  },
  s3: {
    figures:
      "forecast online shapes abc activations tanh properties bptt vanishing-exploding fill-in merges lstm lstm-steps gate feasible-lengths gru-steps speedier encoder-decoder teacher-forcing bottleneck sensitivity rare-words scores attention-map self-attention",
    rows: "5 12 13 14 17 22 23 25 31 32 39 40 41 43 44 54 56 58 71 76 77 79 81 82 83 99 100 101 102 103 107 107b 110 114 117 119 122 E7",
  },
  s4: {
    figures:
      "parameter-sharing unfolding circuit-and-unfolded advantages type-one type-two type-three update-functions teacher-forcing strictly-less-powerful adjoint misplaced-diagonal fully-connected with-states markov three-ways variable-length bidirectional encoder-decoder softmax",
    rows: "2 9 10 30 34 43 47 48 49 55 63 70 71 76 77 81 107a 113 115 116 119 121 124 125 127 128 129 130 131 132 E1 E8",
  },
};

test("each lecture's page shows every figure and every row that its deck has", () => {
  assert.deepEqual(
    lectures.map(({ name }) => name),
    Object.keys(wanted),
  );
  for (const [name, { figures, rows }] of Object.entries(wanted)) {
    const articles = elementsOf(pages.get(name)!).filter((element) => element.name === "article");
    assert.deepEqual(
      articles.map(({ attributes }) => attributes.id),
      figures.split(" "),
    );
    const shown = new Set(articles.flatMap(({ attributes }) => attributes["data-rows"]!.split(" ")));
    assert.deepEqual(
      rows.split(" ").filter((row) => !shown.has(row)),
      [],
      name,
    );
  }
});

test("every program of a lecture compiles, but for those that are there to be refused", () => {
  for (const { place, exhibit } of everyExhibit) {
    const { program, isRefused = false } = exhibit;
    if (isRefused) assert.ok(E.isLeft(compile(program.source, { file: programFile, statics: program.statics })), place);
    else assert.ok(subjectOf(program).model.circuit.nodes.length > 0, place);
  }
});

test("every program stands in its page as it is, and its link opens the playground with that very program", async () => {
  for (const { name } of lectures) {
    const page = pages.get(name)!;
    const text = textOf(page);
    const links = elementsOf(page).flatMap(({ attributes }) =>
      attributes.href?.includes("#p=") ? [attributes.href] : [],
    );
    const exhibits = everyExhibit.filter(({ lecture }) => lecture === name);
    assert.equal(links.length, exhibits.length);
    for (const [i, { place, exhibit }] of exhibits.entries()) {
      const [address, hash] = links[i]!.split("#");
      assert.equal(address, "../../build/playground/index.html");
      const linked = await linkedIn(`#${hash}`);
      assert.ok(E.isRight(linked) && linked.right !== undefined, place);
      const { source, statics, data, settings, view, starter } = linked.right;
      const { opens = {} } = exhibit;
      assert.deepEqual({ source, statics }, exhibit.program, place);
      assert.deepEqual([view, starter, settings], [opens.view, opens.starter, opens.settings], place);
      assert.deepEqual(
        data
          ?.trim()
          .split("\n")
          .map((line) => JSON.parse(line)),
        opens.data === undefined ? undefined : JSON.parse(JSON.stringify(opens.data)),
        place,
      );
      assert.ok(text.includes(source), place);
    }
  }
});

test("a link's data, its own or those of a model of the playground, are examples of its program", () => {
  const starters = startersFrom(new URL("../../", import.meta.url));
  const seen = new Set<string>();
  const refused = everyExhibit.flatMap(({ place, exhibit: { program, opens: { starter, data } = {} } }) => {
    const given = data ?? starters.find(({ name }) => name === starter)?.dataset?.examples;
    const key = JSON.stringify([program, starter, data]);
    if (given === undefined || seen.has(key)) return [];
    seen.add(key);
    try {
      compiledProgram(program, { exports: ["pack"] }).pack(given.slice(0, 5) as ReadonlyArray<Example>);
      return [];
    } catch (error) {
      return [`${place}: ${(error as Error).message}`];
    }
  });
  assert.deepEqual(refused, []);
});

test("pages need nothing but themselves: nothing is loaded, and one script at most is run", () => {
  for (const [name, page] of [...pages, ["index", pageOf("index")] as const]) {
    const elements = elementsOf(page);
    for (const { name: called, attributes } of elements) {
      assert.ok(!["link", "img", "iframe", "object", "embed", "base"].includes(called), `${name}: ${called}`);
      for (const loading of ["src", "srcset", "data", "action", "onclick"])
        assert.equal(attributes[loading], undefined);
    }
    assert.ok(!/\b(fetch|import|XMLHttpRequest|url)\(/.test(page.replaceAll(/<pre[\s\S]*?<\/pre>/g, "")), name);
    const run = elements.filter(({ name: called, attributes }) => called === "script" && attributes.type === undefined);
    assert.ok(run.length <= 1);
    assert.ok(page.length < 650_000, `${name} has ${page.length} characters`);
  }
});

test("derivations stand in the pages as the compiler makes them now", async () => {
  let derived = 0;
  for (const { place, lecture, exhibit } of everyExhibit)
    for (const { how, html } of exhibit.parts) {
      if (how !== "derived") continue;
      derived += 1;
      assert.ok(pages.get(lecture)!.includes(await html(exhibit.program)), `npm run lectures -- ${lecture}: ${place}`);
    }
  assert.ok(derived > 40);
});

test("what was measured stands in the pages as it was measured", async () => {
  for (const { name } of lectures)
    for (const { exhibits, together = [], name: called } of figuresOf(name))
      for (const { how, html } of [...exhibits.flatMap(({ parts }) => parts), ...together])
        if (how === "measured")
          assert.ok(
            pages.get(name)!.includes(await html(exhibits[0]!.program)),
            `npm run lectures -- ${name}: ${called}`,
          );
});

test("what takes minutes was measured by the command that its file names, feasible lengths with five seeds", () => {
  for (const name of Object.keys(measurements)) {
    const found = JSON.parse(readFileSync(measuredFile(name), "utf8"));
    assert.equal(found.command, `npm run lectures -- --measure ${name}`);
    if (name === "speed") continue;
    assert.ok(
      found.seeds.length >= 3 && Object.keys(found.settings).length > 0 && Object.keys(found.statics).length > 0,
    );
    if (!name.startsWith("feasible")) continue;
    assert.deepEqual(found.seeds, [1, 2, 3, 4, 5]);
    for (const seeds of Object.values<ReadonlyArray<unknown>>(found.cells)) assert.equal(seeds.length, 5);
  }
});
