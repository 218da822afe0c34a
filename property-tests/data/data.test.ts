import assert from "node:assert/strict";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import * as E from "fp-ts/lib/Either.js";
import { readBrown, untag } from "../../src/data/brown.ts";
import { shuffleExamples, valuesIn } from "../../src/data/examples.ts";
import { type Cursor, type Feed, firstCursor, type Portion } from "../../src/data/feed.ts";
import { splitDocuments } from "../../src/data/split.ts";
import { streamText } from "../../src/data/streams.ts";
import { readTexts } from "../../src/data/text.ts";
import { decode, encode, unknown, vocabularyOf } from "../../src/data/vocabulary.ts";
import { baselines } from "../../src/measure/text-baselines.ts";
import { bigramModel } from "../train/bigram-model.ts";

const texts = fc.array(fc.string({ unit: "binary", maxLength: 30 }), { minLength: 1, maxLength: 5 });

/** Half surrogate pairs, which no UTF-8 file holds, become U+FFFD. */
const wellFormedOf = (text: string): string => Buffer.from(text).toString();

const portions = (feed: Feed, seed: number, count: number): ReadonlyArray<Portion> => {
  const seen: Portion[] = [];
  let cursor: Cursor = firstCursor(seed);
  for (let i = 0; i < count; i++) {
    seen.push(feed(cursor));
    cursor = seen[i]!.next;
  }
  return seen;
};

test("decoding what was encoded gives back a text of known characters", () => {
  fc.assert(
    fc.property(texts, (all) => {
      const vocabulary = vocabularyOf(all);
      for (const text of all) {
        const wellFormed = wellFormedOf(text);
        assert.equal(decode(vocabulary)(encode(vocabulary)(wellFormed)), wellFormed);
      }
    }),
  );
});

test("a vocabulary has distinct characters, unknown first, whatever the order of the texts", () => {
  fc.assert(
    fc.property(texts, (all) => {
      const { entries: characters } = vocabularyOf(all);
      assert.equal(characters[0], unknown);
      assert.equal(new Set(characters).size, characters.length);
      assert.deepStrictEqual(vocabularyOf([...all].reverse()).entries, characters);
    }),
  );
});

test("an epoch of streams holds every window's symbols once, and each stream goes on where it stopped", () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 5 }),
      fc.nat(60),
      (seed, streams, window, more) => {
        const text = Int32Array.from({ length: streams * window + more }, (_, i) => i);
        const feed = streamText("y", { streams, window })(text);
        assert.ok(E.isRight(feed));
        const count = Math.floor(text.length / (streams * window));
        const seen = portions(feed.right, seed, count + 1);
        const symbols = seen
          .slice(0, count)
          .flatMap(({ examples }) => examples.flatMap(({ y }) => [...(y as Int32Array)]));
        assert.equal(new Set(symbols).size, count * streams * window);
        assert.deepStrictEqual(
          seen.map(({ continues }) => continues),
          seen.map((_, i) => i % count !== 0),
        );
        for (let i = 1; i < count; i++) {
          seen[i]!.examples.forEach(({ y }, stream) => {
            const before = seen[i - 1]!.examples[stream]!.y as Int32Array;
            assert.equal((y as Int32Array)[0], (before[window - 1]! + 1) % text.length);
          });
        }
      },
    ),
  );
});

test("an epoch of shuffled examples holds each example once, and its values are counted", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 4 }), (seed, count, size) => {
      const { model } = bigramModel(100);
      const examples = Array.from({ length: count }, (_, i) => ({ y: Array.from({ length: i }, () => i) }));
      const feed = shuffleExamples(model, size)(examples);
      assert.ok(E.isRight(feed));
      const seen = portions(feed.right, seed, Math.ceil(count / size));
      const order = seen.flatMap((portion) => portion.examples);
      assert.deepStrictEqual(new Set(order), new Set(examples));
      assert.equal(order.length, count);
      for (const { values, examples: chosen } of seen) {
        assert.equal(
          values,
          chosen.reduce((total, example) => total + valuesIn(model, example), 0),
        );
      }
    }),
  );
});

test("a split loses nothing, doubles nothing, and holds something out", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), (count) => {
      const documents = Array.from({ length: count }, (_, i) => ({ name: `${i}`, text: `${i}😀`.repeat(20) }));
      const { training, heldOut } = splitDocuments(10)(documents);
      const length = [...training, ...heldOut].reduce((total, { text }) => total + text.length, 0);
      assert.equal(
        length,
        documents.reduce((total, { text }) => total + text.length, 0),
      );
      assert.ok(heldOut.length > 0 && training.length > 0);
      for (const { text } of [...training, ...heldOut]) assert.equal(text, wellFormedOf(text));
    }),
  );
});

test("the baselines' probabilities sum to one in every context", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(4), { maxLength: 40 }), fc.nat(4), (training, context) => {
      const text = [Int32Array.from(training)];
      const uni = [0, 1, 2, 3, 4].map((y) => 2 ** -baselines(5, text, [Int32Array.of(y)]).unigram);
      const bi = [0, 1, 2, 3, 4].map(
        (y) =>
          2 **
          (baselines(5, text, [Int32Array.of(context)]).bigram -
            2 * baselines(5, text, [Int32Array.of(context, y)]).bigram),
      );
      assert.ok(Math.abs(uni.reduce((a, b) => a + b) - 1) < 1e-9);
      assert.ok(Math.abs(bi.reduce((a, b) => a + b) - 1) < 1e-9);
    }),
  );
});

test("tags come off, punctuation joins its word, and a word may hold a slash", () => {
  assert.equal(
    untag("\n\tThe/at jury/nn said/vbd ,/, ``/`` no/at 1/2/cd !/. !/. ''/'' (/( yes/rb )/) ./.\n\n"),
    'The jury said, "no 1/2!" (yes).\n',
  );
});

test("the Brown corpus has 500 documents, about six million characters, and no tag left", () => {
  const read = readBrown();
  assert.ok(E.isRight(read));
  assert.equal(read.right.length, 500);
  const length = read.right.reduce((total, { text }) => total + text.length, 0);
  assert.ok(length > 5_500_000 && length < 6_500_000, `${length}`);
  assert.ok(read.right.every(({ text }) => !/\w\/(nn|at|in|vbd)\s/.test(text)));
});

test("a text that is no UTF-8, or larger than a string may be, is refused by name", () => {
  const folder = mkdtempSync(join(tmpdir(), "rnnc-texts-"));
  const [broken, large] = [join(folder, "broken.txt"), join(folder, "large.txt")];
  writeFileSync(broken, new Uint8Array([0x61, 0xff]));
  writeFileSync(large, "");
  // Nothing but a size stands on the disk.
  truncateSync(large, 2 ** 31);
  assert.deepEqual(readTexts([broken]), E.left({ tag: "notUtf8", path: broken }));
  const refused = readTexts([large]);
  assert.ok(E.isLeft(refused) && refused.left.tag === "tooLarge" && refused.left.path === large);
  rmSync(folder, { recursive: true });
});
