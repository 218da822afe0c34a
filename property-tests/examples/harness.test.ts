import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import { proved, told } from "../../examples/claims/claim.ts";
import { claims } from "../../examples/claims/claims.ts";
import { linesOf as claimLines, claimsMarkdown } from "../../examples/claims/written.ts";
import { withSection } from "../../examples/section.ts";
import { type diceOf, drawnOf } from "../../examples/tasks/dice.ts";
import { type Measurement, measureTask, seenIn, verdictOf } from "../../examples/tasks/measurement.ts";
import { linesOf, markdownOf, medianOf, rowsOf } from "../../examples/tasks/table.ts";
import { atLeast, atMost, isBeyond } from "../../examples/tasks/task.ts";
import { realTasks, tasks } from "../../examples/tasks/tasks.ts";

test("no example is ever drawn for both parts, from whatever seeds", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer(), fc.integer({ min: 2, max: 6 }), (one, other, length) => {
      const draw = (dice: ReturnType<typeof diceOf>) => ({ x: Array.from({ length }, () => dice.below(4)), y: 0 });
      const training = drawnOf("training", one, 30, draw);
      assert.equal(seenIn(training, drawnOf("heldOut", other, 30, draw)), 0);
      assert.equal(seenIn(training, training), training.length);
    }),
  );
});

test("an example was seen if all that it holds is the same, in whatever order", () => {
  assert.equal(
    seenIn(
      [{ x: [1, 2], y: 0 }],
      [
        { y: 0, x: [1, 2] },
        { x: [1, 2], y: 1 },
        { x: [1], y: 0 },
      ],
    ),
    1,
  );
});

test("a mark is good if every seed reaches it and it lies clearly beyond the baseline, or says why it cannot", () => {
  const required = atLeast(0.9);
  assert.equal(verdictOf({ required }, [0.95, 0.9], 0.5), "good");
  assert.equal(verdictOf({ required }, [0.95, 0.89], 0.5), "missed");
  assert.equal(verdictOf({ required }, [0.95, 0.9], 0.895), "no better than its baseline");
  assert.equal(verdictOf({ required, cannot: "it is a coin" }, [0.95, 0.9], 0.895), "good");
  assert.equal(verdictOf({ required }, [1], undefined), "good");
  assert.equal(verdictOf({}, [0], 1), "good");
});

test("a tenth of the errors, no less, is clearly beyond, of shares as of losses", () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 0.99, noNaN: true }), (error) => {
      assert.ok(isBeyond(atLeast(1 - 0.89 * error), 1 - error));
      assert.ok(!isBeyond(atLeast(1 - 0.91 * error), 1 - error));
      assert.ok(isBeyond(atMost(0.89 * error), error));
      assert.ok(!isBeyond(atMost(0.91 * error), error));
    }),
  );
});

const [hello] = tasks().filter(({ name }) => name === "characters: hello");

test("a task is measured from each seed, each of which trains other parameters", () => {
  const losses = (seeds: ReadonlyArray<number>): Measurement =>
    measureTask(
      {
        ...hello!,
        marks: [
          {
            metric: "a weight",
            measure: ({ params }) => Object.values(params)[0]![0]!,
            baseline: hello!.marks[0]!.baseline!,
          },
        ],
      },
      seeds,
    );
  const { marks, seconds, name } = losses([1, 2, 1]);
  const [mark] = marks;
  assert.equal(name, hello!.name);
  assert.ok(seconds > 0);
  assert.equal(mark!.reached[0], mark!.reached[2]);
  assert.notEqual(mark!.reached[0], mark!.reached[1]);
  assert.deepEqual([mark!.examples, mark!.seen], [1, 1]);
  assert.ok(mark!.baseline!.value > 1);
  assert.deepEqual(mark!.notes, [hello!.seen]);
});

const measurement: Measurement = {
  name: "a task",
  seconds: 12.4,
  marks: [
    {
      metric: "right",
      baseline: { name: "a guess", value: 0.25 },
      reached: [0.75, 0.5, 1],
      required: atLeast(0.9),
      examples: 10,
      seen: 4,
      notes: ["six are new"],
      verdict: "missed",
    },
  ],
};

test("a row tells the seed in the middle, the spread, and how many examples were never seen", () => {
  assert.deepEqual(rowsOf(measurement), [
    {
      task: "a task",
      metric: "right",
      baseline: "0.250 a guess",
      reached: "0.750",
      spread: "0.500 to 1",
      required: "≥ 0.9",
      unseen: "6 of 10",
      seconds: "12",
    },
  ]);
  const [line, note] = linesOf(measurement);
  assert.match(line!, /MISSED$/);
  assert.match(note!, /^ +\(six are new\)$/);
});

test("the table of Markdown has a line for each mark, all of one width in columns, and tells each note once", () => {
  const lines = markdownOf([measurement, measurement]);
  const table = lines.filter((line) => line.startsWith("|"));
  assert.equal(table.length, 4);
  assert.equal(new Set(table.map((line) => line.split("|").length)).size, 1);
  assert.deepEqual(
    lines.filter((line) => line.startsWith("- ")),
    ["- a task: six are new."],
  );
});

test("a page keeps all but what stands between the marks of a section, which is what was measured last", () => {
  const page = "above\n<!-- reached -->\nold\n<!-- end of reached -->\nbelow\n";
  const written = withSection(page, "reached", markdownOf([measurement]));
  assert.equal(withSection(written, "reached", markdownOf([measurement])), written);
  assert.match(written, /^above\n<!-- reached -->\n\n\| task .*\n<!-- end of reached -->\nbelow\n$/s);
  assert.doesNotMatch(written, /old/);
  assert.throws(() => withSection(page, "claims", []), /no place for claims/);
});

test("a claim is told with each of its findings, and whether what must hold does, on the page as in the terminal", () => {
  const claim = {
    number: 4,
    claim: "A claim",
    about: "How.",
    findings: [told("  a length", 0.25), proved("a law", 1, true), proved("another", 2, false)],
    seconds: 1.25,
  };
  const lines = claimLines(claim);
  assert.deepEqual([lines[0], lines[1], lines.at(-1)], ["4. A claim", "   How.", "   (1.3 s)"]);
  assert.deepEqual(
    lines.slice(2, -1).map((line) => line.trim().split(/ {2,}/)),
    [
      ["a length", "0.250"],
      ["a law", "1", "holds"],
      ["another", "2", "BROKEN"],
    ],
  );
  const [title, , ...table] = claimsMarkdown([claim]);
  assert.equal(title, "**4. A claim** How.");
  assert.deepEqual(table.slice(2), ["| a length | 0.250 |  |", "| a law | 1 | holds |", "| another | 2 | BROKEN |"]);
});

/** What stands between the marks of a section of the page. */
const sectionOf = (name: string): string =>
  readFileSync(new URL("../../examples/README.md", import.meta.url), "utf8")
    .split(`<!-- ${name} -->`)[1]!
    .split(`<!-- end of ${name} -->`)[0]!;

test("the page tells every claim, in order, and all tasks with their marks and what is required of them", () => {
  const titles = [...sectionOf("claims").matchAll(/^\*\*(\d+)\. (.*?)\*\*/gm)].map(([, number, claim]) => [
    number,
    claim,
  ]);
  assert.deepEqual(
    titles,
    claims.map(({ claim }, i) => [`${i + 1}`, claim]),
  );
  assert.doesNotMatch(sectionOf("claims"), /BROKEN/);
  const rows = [...sectionOf("reached").matchAll(/^\| (.*) \|$/gm)].map(([, row]) =>
    row!.split(" | ").map((cell) => cell.trim()),
  );
  const shown = rows.map(([task, metric, , , , required]) => [task, metric, required]);
  const made = tasks().flatMap(({ name, marks }) =>
    marks.map(({ metric, required }, i) => [
      i === 0 ? name : "",
      metric,
      required === undefined ? "" : `${required.tag === "atLeast" ? "≥" : "≤"} ${Number(required.bound.toFixed(4))}`,
    ]),
  );
  const from = shown.findIndex(([task]) => task === made[0]![0]);
  assert.deepEqual(shown.slice(from), made);
  assert.deepEqual(
    shown.slice(2, from).map(([task]) => task),
    realTasks.map(({ name }) => name),
  );
});

test("half of the values or more are not below the median, and half or more not above", () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { minLength: 1, maxLength: 9 }), (values) => {
      const middle = medianOf(values);
      assert.ok(values.filter((value) => value >= middle).length * 2 >= values.length);
      assert.ok(values.filter((value) => value <= middle).length * 2 >= values.length);
    }),
  );
});
