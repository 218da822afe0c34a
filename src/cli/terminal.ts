import { createColors } from "picocolors";

/** Where a command writes: data on `out`, everything else on `err`. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether `err` is a terminal, where a line may be drawn over and colour shows. */
  readonly interactive: boolean;
  readonly paint: ReturnType<typeof createColors>;
}

/** The terminal of this process. A reader that goes away (`rnnc … | head`) ends the program quietly. */
export const processTerminal = (): Terminal => {
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(0);
      // Nobody may be left to read it.
      if (stream === process.stdout) process.stderr.write(`I cannot write what is asked for: ${error.message}\n`);
      process.exit(2);
    });
  const interactive = process.stderr.isTTY === true;
  const colour = interactive && !process.env.NO_COLOR && process.env.TERM !== "dumb";
  return {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    interactive,
    paint: createColors(colour),
  };
};
