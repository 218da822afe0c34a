import type { Program } from "../program.ts";
import type { Facts } from "../protocol.ts";

/** A program that is right, with what is known of it. */
export interface Right {
  readonly program: Program;
  readonly facts: Facts;
}

/** One of the tabs beside the editor. */
export interface View {
  readonly name: string;
  readonly title: string;
  readonly content: HTMLElement;
  /** Called when the tab is opened, and while it is open whenever the program has become another right one. */
  readonly show: (right: Right) => void;
}
