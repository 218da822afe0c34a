import type { Portrait } from "./picture/portrait.ts";
import { summaryOf } from "./summary.ts";

/** All numbers of a portrait. What is no finite number is null, as JSON has none. */
export const portraitJson = ({ model, about, flows }: Portrait): string =>
  `${JSON.stringify({
    model,
    about,
    flows: flows.map(({ when, flow: { states, terms, spectra, gates } }) => ({
      ...(when === "" ? {} : { when }),
      states: states.map((state) => ({ ...summaryOf(state), ...state })),
      terms,
      spectra,
      gates,
    })),
  })}\n`;
