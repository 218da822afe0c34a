import assert from "node:assert/strict";
import { test } from "node:test";
import { declaredBy } from "../../src/train/facts.ts";
import { answered, fileWith, trained } from "../cli/run-rnnc.ts";

/** A program in which the types of what it draws stand in `‹ ›`, and the numbers that are given. */
interface Example {
  readonly program: string;
  readonly statics?: Readonly<Record<string, number | string>>;
}

const examples: ReadonlyArray<Example> = [
  { program: "input x : R[3]\nparam W : R[2,3]\noutput m = W x\ny‹ : R[2]› ~ normal(m, 1)" },
  { program: "input x : R[3]\nparam w : R[3]\ny‹ : R› ~ normal(w^T x, 1)" },
  { program: "axis t in 1..T\ninput x[t] : R[3]\nparam W : R[2,3]\nh[t] = W x[t]\ny[t]‹ : R[2]› ~ normal(h[t], 1)" },
  { program: "axis t in 1..T\ninput x[t] : R[3]\nparam W : R[4,3]\nk[t]‹ : symbol[4]› ~ categorical(softmax(W x[t]))" },
  { program: "input x : R[3]\nparam W : R[2,3]\nb‹ : R[2]› ~ bernoulli(sigmoid(W x))" },
  { program: "input x : R[3]\nparam w : R[3]\nb‹ : R› ~ bernoulli(sigmoid(w^T x))" },
  // Sizes that the data alone will say, and one beside them that is a number as small as those that are made up.
  {
    program:
      "input x : R[D]\nparam W : R[H,D]\nparam V : R[3,D]\ny‹ : R[H]› ~ normal(W x, 1)\nz‹ : R[3]› ~ normal(V x, 1)",
  },
  { program: "input x : R[D]\nparam W : R[H,D]\ny‹ : R[H]› ~ normal(W x, 1)", statics: { H: 5 } },
];

const written = ({ program }: Example, withTypes: boolean): string => {
  const open = /\b[DH]\b/.test(program) ? "(D, H)" : "";
  const body = withTypes ? program.replaceAll(/[‹›]/g, "") : program.replaceAll(/‹[^›]*›/g, "");
  return `model M${open} {\n${body}\n}\n`;
};

test("what stands beside a target says of its data what its type would say", () => {
  for (const example of examples) {
    const [typed, untyped] = [true, false].map((withTypes) =>
      declaredBy({
        source: written(example, withTypes),
        file: "m.rnn",
        model: null,
        statics: example.statics ?? {},
      }).map(({ name, type }) => ({ name, type: withSizes(type, example.statics ?? {}) })),
    );
    assert.deepEqual(untyped, typed, example.program);
  }
});

/** A size that was given may bear its name or be its number. */
const withSizes = (type: ReturnType<typeof declaredBy>[number]["type"], statics: NonNullable<Example["statics"]>) =>
  type.tag === "real" ? { ...type, sizes: type.sizes.map((size) => statics[`${size}`] ?? size) } : type;

test("a program without types of what it draws learns the same from a file as with them", async () => {
  const data = fileWith(
    "data.jsonl",
    Array.from({ length: 6 }, (_, i) => `${JSON.stringify({ x: [i, 1, -i], y: [i / 2, 1 - i], z: [1, i, 2] })}\n`).join(
      "",
    ),
  );
  const open = examples[6]!;
  const [typed, untyped] = await Promise.all(
    [true, false].map(async (withTypes) => {
      const run = await trained(fileWith("m.rnn", written(open, withTypes)), "--data", data, "--steps", "3");
      return answered(run, data);
    }),
  );
  assert.equal(typed!.length, 6);
  assert.deepEqual(untyped, typed);
});
