import { adjointOf, equationsOf } from "../views/printed.ts";
import type { Draws, ProgramView } from "./show-options.ts";
import { circuitPicture, graphicalPicture, pictured, unfoldedPicture } from "./show-pictures.ts";
import { codeDraws, ofLoss, printed, scheduleDraws } from "./show-texts.ts";

/** Every view, in the formats in which it comes. */
export const views: { readonly [V in ProgramView]: Draws } = {
  circuit: pictured(circuitPicture),
  unfolded: pictured(unfoldedPicture),
  graphical: pictured(graphicalPicture),
  equations: printed(equationsOf),
  adjoint: ofLoss(printed(adjointOf)),
  schedule: scheduleDraws,
  code: codeDraws,
};
