import { forwardAndDuals, forwardAndReverse, jacobianOfColumns, onlineIsWhole } from "./forward-mode.ts";
import { testLaw } from "./laws.ts";

for (const law of [forwardAndReverse, forwardAndDuals, jacobianOfColumns, onlineIsWhole]) testLaw(law);
