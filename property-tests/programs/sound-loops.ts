import { optimisations } from "../../src/module/optimisations.ts";
import { engines, memories, staysSound } from "../loops/sound.ts";
import { compiledProgram } from "../property/programs.ts";
import { cases } from "./cases.ts";
import type { ProgramLaw } from "./laws.ts";

const picked = <A>(all: ReadonlyArray<A>, seed: number): A => all[seed % all.length]!;

export const soundLoops: ProgramLaw = {
  name: "the loops of a program are valid after every pass, whatever is kept and whatever is switched off",
  given: cases({ smooth: false }),
  holds: ({ source, seed }) => {
    const options = { ...picked(engines, seed), memory: picked(memories, Math.floor(seed / 2)) };
    const { circuits } = compiledProgram(source);
    staysSound(circuits, options);
    staysSound(circuits, { ...options, without: new Set([picked(optimisations, seed).name]) });
  },
  usual: 160,
};
