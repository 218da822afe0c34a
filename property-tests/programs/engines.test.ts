import { evaluation, streaming, webAssembly } from "./engines.ts";
import { testLaw } from "./laws.ts";

testLaw(webAssembly);
testLaw(evaluation);
testLaw(streaming);
