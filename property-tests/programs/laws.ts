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

/** How many programs are tried of a usual number. */
export const tried = (usual: number): number => often(usual, 16);

export const runs = (usual: number) => ({
  numRuns: tried(usual),
  includeErrorInReport: true,
  maxSkipsPerRun: 1000,
});

export const propertyOf = ({ given, holds }: ProgramLaw): fc.IPropertyWithHooks<[Case]> => fc.property(given, holds);

/** Tests a law. A law that said nothing of any program would be no law. */
export const testLaw = (law: ProgramLaw): void => {
  test(law.name, () => {
    let told = 0;
    const holds = (given: Case): void => {
      law.holds(given);
      told += 1;
    };
    fc.assert(propertyOf({ ...law, holds }), runs(law.usual));
    assert.ok(told > 0);
  });
};
