import * as E from "fp-ts/lib/Either.js";
import { type Failure, usageError } from "./failure.ts";

/** A picture in points of a screen, twice as fine, as it is on light paper. The package that draws them is optional. */
export const pngOf = async (svg: string): Promise<E.Either<Failure, Uint8Array>> => {
  const drawing = await drawingPackage();
  if (drawing === undefined)
    return E.left(
      usageError(
        "A .png needs the package @resvg/resvg-js, which is not installed here: `npm install @resvg/resvg-js`, or write a .svg",
      ),
    );
  const options = { fitTo: { mode: "zoom", value: 2 }, font: { loadSystemFonts: true } } as const;
  return E.right(new drawing.Resvg(onLightPaper(svg), options).render().asPng());
};

const drawingPackage = async (): Promise<typeof import("@resvg/resvg-js") | undefined> => {
  try {
    return await import("@resvg/resvg-js");
  } catch {
    return undefined;
  }
};

/** Without the rules for dark paper, and with its colours in the place of their names. */
export const onLightPaper = (svg: string): string => {
  const light = svg.replaceAll(/@media \(prefers-color-scheme:dark\)\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, "");
  const colours = new Map([...light.matchAll(/(--[\w-]+):([^;}]+)/g)].map(([, name, value]) => [name!, value!]));
  return light.replaceAll(/var\((--[\w-]+)\)/g, (whole, name: string) => colours.get(name) ?? whole);
};
