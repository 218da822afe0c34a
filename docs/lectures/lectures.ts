import { s2 } from "./decks/s2.ts";
import { s4 } from "./decks/s4.ts";
import type { Lecture } from "./lecture.ts";

/** The lectures in the order of the decks. */
export const lectures: ReadonlyArray<Lecture> = [s2, s4];
