import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { often } from "../often.ts";
import type { Case } from "./cases.ts";

/** What holds for every random program, and how many are tried in a test run. */
export interface ProgramLaw {
  readonly name: string;
  readonly given: fc.Arbitrary<Case>;
  /** Throws where a program does not keep the law; where the law says nothing of it, by `fc.pre`. */
  readonly holds: (given: Case) => void;
  readonly usual: number;
}

/** `FC_RUNS` takes the place of the usual number. */
export const runs = (usual: number) => ({
  numRuns: often(usual),
  includeErrorInReport: true,
  maxSkipsPerRun: 1000,
});

export const propertyOf = ({ given, holds }: ProgramLaw): fc.IPropertyWithHooks<[Case]> => fc.property(given, holds);

/** Tests a law. A law that said nothing of any program would be no law. */
export const testLaw = (law: ProgramLaw): void => {
  test(law.name, () => {
    let tried = 0;
    const holds = (given: Case): void => {
      law.holds(given);
      tried += 1;
    };
    fc.assert(propertyOf({ ...law, holds }), runs(law.usual));
    assert.ok(tried > 0);
  });
};
