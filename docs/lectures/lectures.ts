import { s0 } from "./decks/s0.ts";
import { s1 } from "./decks/s1.ts";
import { s2 } from "./decks/s2.ts";
import { s3 } from "./decks/s3.ts";
import { s4 } from "./decks/s4.ts";
import type { Lecture } from "./lecture.ts";

/** The lectures in the order of the decks. */
export const lectures: ReadonlyArray<Lecture> = [s0, s1, s2, s3, s4];
