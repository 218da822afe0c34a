import type { Finding } from "../../../examples/claims/claim.ts";
import { gruAgainstLstm, wholeSequence } from "../../../examples/claims/speed.ts";

/** Times of one machine; seeds play no part in them. */
export interface Speed {
  readonly loop: { readonly claim: string; readonly findings: ReadonlyArray<Finding> };
  readonly gru: { readonly claim: string; readonly findings: ReadonlyArray<Finding> };
}

export const speed = (): Speed => ({
  loop: { claim: wholeSequence.claim, findings: wholeSequence.measure() },
  gru: { claim: gruAgainstLstm.claim, findings: gruAgainstLstm.measure() },
});
