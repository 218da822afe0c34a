import { secondDerivative, secondOnMachines, wholeGradient } from "./differences.ts";
import { testLaw } from "./laws.ts";

testLaw(wholeGradient);
testLaw(secondDerivative);
testLaw(secondOnMachines);
