import { lectures } from "./lectures.ts";
import { subjectOf } from "./programs.ts";

for (const l of lectures)
  for (const c of l.chapters)
    for (const f of c.figures)
      for (const e of f.exhibits)
        if (!e.isRefused)
          try {
            subjectOf(e.program);
          } catch (x) {
            console.log(l.name, f.name, (x as Error).message);
          }
