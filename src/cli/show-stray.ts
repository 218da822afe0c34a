import type { ShowOptions, View } from "./show-options.ts";

/** What is wrong with the options, if one of them would change nothing in what is shown. */
export const strayOption = (isRun: boolean, view: View, options: ShowOptions): string | undefined =>
  strayOfPlot(isRun, options) ?? strayOfView(view, options);

const strayOfPlot = (isRun: boolean, { plot, view, data, example, last }: ShowOptions): string | undefined => {
  const given = { data, example, last: last || undefined };
  const [name] = Object.entries(given).find(([, value]) => value !== undefined) ?? [];
  if (plot !== undefined && view !== undefined)
    return `--plot is a picture of its own: --view ${view} has no place beside it`;
  if (name !== undefined && plot === undefined) return `--${name} says what --plot is drawn of`;
  return name !== undefined && !isRun ? `--${name} is for a run; a program is drawn with a random example` : undefined;
};

/** The views that an option is of, and whether it is given. */
interface Concern {
  readonly option: string;
  readonly views: ReadonlyArray<View>;
  readonly isGiven: (options: ShowOptions) => boolean;
}

const concerns: ReadonlyArray<Concern> = [
  { option: "--at", views: ["unfolded"], isGiven: ({ at }) => at !== undefined },
  { option: "--units", views: ["unfolded"], isGiven: ({ units }) => units },
  { option: "--fed", views: ["unfolded"], isGiven: ({ fed }) => fed !== undefined },
  { option: "--inside", views: ["unfolded", "circuit", "adjoint"], isGiven: ({ inside }) => inside === true },
  { option: "--no-inside", views: ["unfolded", "circuit"], isGiven: ({ inside }) => inside === false },
  { option: "--shapes", views: ["circuit"], isGiven: ({ shapes }) => shapes },
  { option: "--no-states", views: ["graphical"], isGiven: ({ states }) => !states },
  { option: "--given", views: ["graphical"], isGiven: ({ given }) => given.length > 0 },
  { option: "--layout", views: ["adjoint"], isGiven: ({ layout }) => layout !== undefined },
  { option: "--program", views: ["schedule", "code"], isGiven: ({ program }) => program !== undefined },
];

const strayOfView = (view: View, options: ShowOptions): string | undefined => {
  const shown = options.plot === undefined ? `the view ${view}` : "--plot";
  const stray = concerns.find(
    ({ views, isGiven }) => isGiven(options) && (options.plot !== undefined || !views.includes(view)),
  );
  return stray && `${stray.option} is for --view ${stray.views.join(" or ")}: it changes nothing in ${shown}`;
};
