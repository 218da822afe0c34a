import type { Program } from "../../playground/src/program.ts";
import type { Html } from "../../src/views/page/html.ts";

/** One deck as a page: what stands on its slides, made by the compiler. */
export interface Lecture {
  /** The page's file, without its ending. */
  readonly name: string;
  /** As the catalogue of the lectures calls the deck. */
  readonly deck: string;
  readonly title: string;
  /** Who gave it, and where. */
  readonly by: string;
  readonly words: ReadonlyArray<string>;
  readonly chapters: ReadonlyArray<Chapter>;
}

export interface Chapter {
  readonly title: string;
  readonly figures: ReadonlyArray<Figure>;
}

/** A figure, a derivation or a demonstration of a deck. */
export interface Figure {
  /** What an address calls it, unique in its page. */
  readonly name: string;
  readonly title: string;
  /** The slide's title. */
  readonly slide: string;
  /** Rows of the lectures' catalogue that it shows. */
  readonly rows: ReadonlyArray<string>;
  readonly words: ReadonlyArray<string>;
  /** What the slide says in formulas, as LaTeX of the project's own printer, a line each. */
  readonly formulas?: string;
  readonly exhibits: ReadonlyArray<Exhibit>;
  /** Whether exhibits stand below each other, where their pictures need room; by default they stand side by side. */
  readonly isRoomy?: boolean;
  /** What is made of all of them together; it is given the first one's program. */
  readonly together?: ReadonlyArray<Part>;
  /** What follows from what is seen, also where the deck says otherwise. */
  readonly found?: ReadonlyArray<string>;
}

/** A program and what is made of it. */
export interface Exhibit {
  readonly caption?: string;
  readonly program: Program;
  /** Whether the compiler refuses the program, as the lecture wants it to. */
  readonly isRefused?: boolean;
  /** How the playground opens it. */
  readonly opens?: Opens;
  readonly parts: ReadonlyArray<Part>;
}

export interface Opens {
  readonly view?: "equations" | "circuit" | "unfolded" | "adjoint" | "code" | "training" | "gradient" | "flow";
  /** The model of the playground whose data it takes. */
  readonly starter?: string;
  /** Examples of its own, an object each. */
  readonly data?: ReadonlyArray<object>;
  readonly settings?: Readonly<Record<string, number | string>>;
}

/**
 * A piece of a figure. What is `derived` or `drawn` follows from the program alone, `computed` takes a model that runs or is
 * trained as the page is made, `measured` draws what `npm run lectures -- --measure` wrote.
 */
export interface Part {
  readonly how: "derived" | "drawn" | "computed" | "measured";
  /** Whether it needs the whole width of a page. */
  readonly isWide?: boolean;
  readonly html: (program: Program) => Html | Promise<Html>;
}
