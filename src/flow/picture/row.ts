import type { Panel } from "../../views/chart/panel.ts";

/** Panels that belong together, with a heading and what is said of them. */
export interface Row {
  readonly heading: string;
  readonly notes: ReadonlyArray<string>;
  readonly panels: ReadonlyArray<Panel>;
}

/** The letter of the position that is moved, beside that of an axis. */
export const movedLetter = (axis: string): string => (axis === "k" ? "j" : "k");
