/** What a colour of a picture is on dark paper; `white` is the paper. */
const dark: Readonly<Record<string, string>> = {
  white: "#14181d",
  black: "#e6e9ee",
  "#ffffff": "#20262e",
  "#dcebfa": "#173453",
  "#3b78b5": "#6fb0f0",
  "#f3f3f3": "#262c34",
  "#bbbbbb": "#5f6b78",
  "#444444": "#b6c0cb",
  "#ebe1f7": "#32254a",
  "#7a4fb5": "#b794ec",
  "#bfa8df": "#5a4386",
  "#666666": "#98a3af",
  "#ffe9d2": "#452d10",
  "#d9822b": "#f0a04f",
  "#dff3e0": "#18391f",
  "#3f9a4a": "#6fcf7c",
  "#fbe0e0": "#481f1f",
  "#c0453e": "#ef7f78",
  "#555555": "#98a3af",
  "#777777": "#98a3af",
  "#999999": "#5f6b78",
};

/** The rules under which pictures in these colours are read on dark paper: all of them, or those in what a selector names. */
export const darkRules = (within = ""): string =>
  [
    `${within}text:not([fill]){fill:${dark.black}}`,
    ...Object.entries(dark).flatMap(([light, instead]) => [
      `${within}[fill="${light}"]{fill:${instead}}`,
      `${within}[stroke="${light}"]{stroke:${instead}}`,
    ]),
  ].join("");

/** A picture for light and for dark paper. */
export const forDarkPaper = (svg: string): string =>
  svg.replace(/<svg[^>]*>/, (start) => `${start}\n<style>@media (prefers-color-scheme:dark){${darkRules()}}</style>`);
