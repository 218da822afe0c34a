import { meaningOfDerivatives } from "./derivative-meaning.ts";
import { testLaw } from "./laws.ts";

testLaw(meaningOfDerivatives);
