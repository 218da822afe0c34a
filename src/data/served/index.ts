/** What a module of a trained run carries beside its compiled functions. It stands in no file of its own: `bundledScript` makes one text of it. */
export { paramsOf } from "./params.ts";
export { newGenerate, newGenerateText, newPredict, outputsAlone } from "./served.ts";
