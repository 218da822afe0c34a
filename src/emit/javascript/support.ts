import { elementaryNames } from "../../circuit/circuit.ts";
import type { Precision } from "../../runtime/interface.ts";
import { kernelTexts as sharedTexts } from "../generated/kernels.ts";
import { elementaryText, leanText, wholePowersText } from "./elementary.ts";
import { kernelTexts } from "./generated/kernels.ts";

/** The text of the functions that JavaScript programs call; it stands once in a module, before them. */
export const supportText = (programs: ReadonlyArray<string>, precision: Precision): string => {
  const calls = (name: string): boolean => programs.some((text) => new RegExp(`(?<![$\\w])${name}\\(`).test(text));
  const arithmetic = precision === "f32" ? "f32 in f64" : "f64";
  const elementary = elementaryText(elementaryNames.filter(calls), arithmetic);
  const times = calls("times") ? "const times = (x, z) => (x === 0 || z === 0 ? 0 : x * z);" : "";
  const rounded = calls("rounded") ? "const rounded = Math.fround;" : "";
  return [
    sharedTexts["plan.js"],
    elementary,
    times,
    wholePowersText(programs.join("\n")),
    leanText(programs.join("\n"), arithmetic, elementary !== ""),
    rounded,
    calls("product") || calls("productInPlace") ? productText() : "",
  ].join("\n");
};

const productText = (): string =>
  (["product-in-place.js", "product-of-panels.js", "product.js"] as const).map((file) => kernelTexts[file]).join("\n");
