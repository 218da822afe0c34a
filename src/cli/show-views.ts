import { adjointOf, equationsOf } from "../views/printed.ts";
import type { Draw, Draws, Format, ProgramView } from "./show-options.ts";
import { adjointPicture, circuitPicture, graphicalPicture, pictured, unfoldedPicture } from "./show-pictures.ts";
import { stepDraws } from "./show-step.ts";
import { codeDraws, ofLoss, printed, scheduleDraws } from "./show-texts.ts";

/** Every view, in the formats in which it comes. */
export const views: { readonly [V in ProgramView]: Draws } = {
  circuit: pictured(circuitPicture),
  step: stepDraws,
  unfolded: pictured(unfoldedPicture),
  graphical: pictured(graphicalPicture),
  equations: printed(equationsOf),
  adjoint: ofLoss(new Map([...printed(adjointOf), ...[...pictured(adjointPicture)].filter(isDrawn)])),
  schedule: scheduleDraws,
  code: codeDraws,
};

/** As text it is equations. */
function isDrawn([format]: readonly [Format, Draw]): boolean {
  return format === "svg" || format === "dot";
}
