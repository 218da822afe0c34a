import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as E from "fp-ts/lib/Either.js";
import { type NumberSetting, numberSettingNames, settingIn, usualSettings } from "../../playground/src/settings.ts";

const name = fc.constantFrom(...numberSettingNames);

test("a setting of a training is the number that is written, or is refused in words: never another number", () => {
  fc.assert(
    fc.property(name, fc.oneof(fc.double(), fc.integer(), fc.string()), (setting, given) => {
      const read = settingIn(setting, String(given));
      if (E.isRight(read)) assert.equal(read.right, Number(given));
      else assert.match(read.left, new RegExp(`^${setting} is a (whole )?number`));
    }),
  );
});

test("what is usual may be given; of counts no fraction and none below one, and no rate of nothing", () => {
  for (const setting of numberSettingNames)
    assert.deepEqual(settingIn(setting, String(usualSettings[setting])), E.right(usualSettings[setting]));
  const refused: ReadonlyArray<readonly [NumberSetting, string]> = [
    ["steps", "-5"],
    ["steps", "1.5"],
    ["rate", "abc"],
    ["rate", ""],
    ["rate", "0"],
    ["batch", "0"],
    ["clip", "-1"],
    ["clip", "Infinity"],
    ["seed", "0.5"],
  ];
  for (const [setting, text] of refused) assert.ok(E.isLeft(settingIn(setting, text)), `${setting} ${text}`);
  assert.deepEqual(settingIn("clip", "0"), E.right(0));
  assert.deepEqual(settingIn("steps", "-5"), E.left("steps is a whole number of at least 1, not -5."));
});
