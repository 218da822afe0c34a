import type { Code, CodeOf } from "../../protocol.ts";
import { askingFor } from "../asking.ts";
import type { Ask } from "../client.ts";
import { copyButton } from "../copy-button.ts";
import { download } from "../download.ts";
import { button, choice, element, labelled } from "../element.ts";
import type { Right, View } from "../view.ts";

/** What a model is compiled to, under the lines of the model that it comes from. */
export const codeView = (ask: Ask, goTo: (line: number) => void): View => {
  let right: Right | undefined;
  let text = "";
  const shown = element("div", {});
  const asking = askingFor(ask, shown);
  const again = (): void => {
    if (right === undefined) return;
    const { program } = right;
    const of = { target: target.value as CodeOf["target"], program: part.value as CodeOf["program"] };
    void asking("code", { ...program, of }, (code) => {
      text = `${code.lines.map((line) => line.text).join("\n")}\n`;
      shown.replaceChildren(listing(code, program.source.split("\n"), goTo));
    });
  };
  const save = async (): Promise<void> => {
    if (right === undefined) return;
    const { program, facts } = right;
    const answer = await ask("moduleText", { ...program, target: target.value as CodeOf["target"] });
    if (answer.tag === "told") download(`${facts.model}.js`, "text/javascript", answer.value);
    else if (answer.tag === "failed") shown.textContent = answer.text;
  };
  const part = choice(
    [
      ["gradient", "the gradient"],
      ["forward", "the outputs"],
      ["module", "the whole module"],
    ],
    again,
  );
  const target = choice(
    [
      ["js", "JavaScript"],
      ["wasm", "WebAssembly"],
    ],
    again,
  );
  return {
    name: "code",
    title: "Code",
    content: element(
      "div",
      {},
      element(
        "div",
        { class: "row" },
        labelled("of", part),
        labelled("as", target),
        copyButton("Copy code", () => text),
        button("Download the module", () => void save()),
      ),
      shown,
    ),
    show: (now) => {
      right = now;
      again();
    },
  };
};

/**
 * Before code of other lines of the model these stand, and lead there: of a recurrence, the lines of its boundaries too,
 * since one piece of code is of both.
 */
const listing = ({ lines, left }: Code, source: ReadonlyArray<string>, goTo: (line: number) => void): HTMLElement => {
  let last = "";
  const origin = (line: number): HTMLElement =>
    button(`line ${line}: ${source[line - 1]?.trim() ?? ""}`, () => goTo(line), { class: "link origin" });
  const rows = lines.flatMap(({ text, from }) => {
    const code = element("code", from.length === 0 ? {} : { class: "from-model" }, `${text}\n`);
    if (from.length === 0 || from.join() === last) return [code];
    last = from.join();
    return [...from.map(origin), code];
  });
  const more = left === 0 ? [] : [element("p", { class: "soft" }, `${left} more lines are left out.`)];
  return element("div", {}, element("pre", { class: "listing wide" }, ...rows), ...more);
};
