import { agreesWithMeaning, cases, ready } from "./cases.ts";
import type { ProgramLaw } from "./laws.ts";

const name =
  "a compiled program, padded in a batch, gives what each example's unfolded graph gives: values and gradient";

export const meaningOfSmooth: ProgramLaw = {
  name,
  given: cases({ smooth: true }),
  holds: (given) => agreesWithMeaning(ready(given), 1e-10),
  usual: 1100,
};

export const meaningOfBent: ProgramLaw = {
  name: `${name}, also with kinks`,
  given: cases({ smooth: false }),
  holds: (given) => agreesWithMeaning(ready(given), 1e-10),
  usual: 900,
};
