import type { Code, CodeOf } from "../../protocol.ts";
import { askingFor } from "../asking.ts";
import type { Ask } from "../client.ts";
import { copyButton } from "../copy-button.ts";
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
      ),
      shown,
    ),
    show: (now) => {
      right = now;
      again();
    },
  };
};

/** Before code of another line of the model that line stands, and leads to it. */
const listing = ({ lines, left }: Code, source: ReadonlyArray<string>, goTo: (line: number) => void): HTMLElement => {
  let last = 0;
  const rows = lines.flatMap(({ text, line }) => {
    const code = element("code", line === null ? {} : { class: "from-model" }, `${text}\n`);
    if (line === null || line === last) return [code];
    last = line;
    const written = source[line - 1]?.trim() ?? "";
    return [button(`line ${line}: ${written}`, () => goTo(line), { class: "link origin" }), code];
  });
  const more = left === 0 ? [] : [element("p", { class: "soft" }, `${left} more lines are left out.`)];
  return element("div", {}, element("pre", { class: "listing wide" }, ...rows), ...more);
};
