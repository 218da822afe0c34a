/** An element as it opens, with its attributes as they are meant. */
interface Opening {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Every element of a page, as browsers take it apart: whatever begins with a letter behind `<` is one. */
export const elementsOf = (html: string): ReadonlyArray<Opening> =>
  [...withoutStyle(html).matchAll(/<([a-zA-Z][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>/g)].map(([, name, inside]) => ({
    name: name!.toLowerCase(),
    attributes: Object.fromEntries(
      [...inside!.matchAll(/([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?/g)].map(([, key, a, b, c]) => [
        key!,
        meant(a ?? b ?? c ?? ""),
      ]),
    ),
  }));

/** What is read of a page. */
export const textOf = (html: string): string => meant(withoutStyle(html).replaceAll(/<[^>]*>/g, ""));

/** The rows of all tables, each with what is read in its cells. */
export const rowsIn = (html: string): ReadonlyArray<ReadonlyArray<string>> =>
  [...html.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, row]) =>
    [...row!.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/gs)].map(([, cell]) => textOf(cell!)),
  );

const withoutStyle = (html: string): string => html.replaceAll(/<style>[\s\S]*?<\/style>/g, "<style></style>");

const signs: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', amp: "&" };

const meant = (written: string): string => written.replaceAll(/&(lt|gt|quot|amp);/g, (_, sign: string) => signs[sign]!);
