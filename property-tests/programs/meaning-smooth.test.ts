import { testLaw } from "./laws.ts";
import { meaningOfSmooth } from "./meaning.ts";

testLaw(meaningOfSmooth);
