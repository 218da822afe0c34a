import { secondDerivative, wholeGradient } from "./differences.ts";
import { testLaw } from "./laws.ts";

testLaw(wholeGradient);
testLaw(secondDerivative);
