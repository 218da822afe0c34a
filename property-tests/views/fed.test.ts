import assert from "node:assert/strict";
import { test } from "node:test";
import type { Diagram } from "../../src/views/diagram/diagram.ts";
import { drawn, exampleModel, exampleNames, reachedFrom, titles, unfolded } from "./models.ts";

const random = exampleNames.filter((name) => exampleModel(name).randoms.length > 0);

const readersOf = ({ edges }: Diagram, key: string): ReadonlyArray<string> =>
  edges.flatMap(({ from, to, kind }) => (from === key && kind !== "draw" ? [to] : [])).sort();

test("under teacher forcing nothing is drawn, each loss compares a value with its distribution, and all else reads what it did", () => {
  for (const name of random) {
    const model = exampleModel(name);
    const [given, free] = [unfolded(model, 2, { fed: "given" }), unfolded(model, 2)];
    assert.ok(given.edges.every(({ kind }) => kind !== "draw"));
    assert.deepEqual(titles(given, "given"), titles(free, "random"));
    for (const { key, kind } of free.nodes) {
      if (kind !== "random") continue;
      const from = free.edges.filter((edge) => edge.to === key && edge.kind === "draw").map((edge) => edge.from);
      const compared = given.edges.filter((edge) => edge.to === `loss ${key}`).map((edge) => edge.from);
      if (from.length > 0) assert.deepEqual([...compared].sort(), [...from, key].sort(), `${name}: ${key}`);
      const others = readersOf(given, key).filter((to) => to !== `loss ${key}`);
      assert.deepEqual(others, readersOf(free, key), `${name}: ${key}`);
    }
  }
});

test("where outputs alone are fed back, the steps wait for each other when running freely, and not under teacher forcing", () => {
  const model = exampleModel("complement-if-same.rnn");
  const key = (diagram: Diagram, title: string): string => diagram.nodes.find((node) => node.title === title)!.key;
  const reaches = (diagram: Diagram): boolean => reachedFrom(diagram, key(diagram, "p[1]")).has(key(diagram, "p[2]"));
  assert.equal(reaches(unfolded(model, 2)), true);
  assert.equal(reaches(unfolded(model, 2, { fed: "given" })), false);
});

test("the pair has both graphs whole, beside each other", () => {
  const model = exampleModel("hello.rnn");
  const [given, free, both] = (["given", "drawn", "both"] as const).map((fed) => unfolded(model, 3, { fed }));
  assert.equal(both!.nodes.length, given!.nodes.length + free!.nodes.length + 2);
  assert.equal(both!.edges.length, given!.edges.length + free!.edges.length);
  const across = (prefix: string): ReadonlyArray<number> =>
    both!.nodes.filter(({ key }) => key.startsWith(prefix)).map(({ place }) => place!.x);
  assert.ok(Math.max(...across("given ")) < Math.min(...across("drawn ")));
  drawn(both!);
});
