import { testLaw } from "./laws.ts";
import { meaningOfBent } from "./meaning.ts";

testLaw(meaningOfBent);
