import type { Analysis, Facts, Message } from "../protocol.ts";
import { button, element } from "./element.ts";

/** What is wrong with the program, or what it is, told as it changes to who cannot see it as well. */
export interface Messages {
  readonly content: HTMLElement;
  readonly show: (analysis: Analysis) => void;
  readonly fail: (text: string) => void;
}

export const newMessages = (goTo: (line: number) => void): Messages => {
  const list = element("ul", { class: "messages" });
  const state = element("p", { class: "state", role: "status", "aria-live": "polite" });
  const item = ({ severity, code, title, text, hint, line }: Message): HTMLElement =>
    element(
      "li",
      { class: severity },
      element(
        "div",
        { class: "row" },
        element("strong", {}, `${severity} ${code}: ${title}`),
        button(`line ${line}`, () => goTo(line), { class: "link" }),
      ),
      element("div", {}, text),
      ...(hint === null ? [] : [element("div", { class: "soft" }, `Hint: ${hint}`)]),
    );
  return {
    content: element("section", { "aria-label": "Messages" }, state, list),
    show: ({ messages, facts }) => {
      state.textContent = stateOf(messages, facts);
      state.className = facts === null ? "state wrong" : "state right";
      list.replaceChildren(...messages.map(item));
    },
    fail: (text) => {
      state.textContent = text;
      state.className = "state wrong";
      list.replaceChildren();
    },
  };
};

const stateOf = (messages: ReadonlyArray<Message>, facts: Facts | null): string => {
  const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
  const first = messages[0];
  if (facts === null) return `${counted(messages.length, "error")}. Line ${first?.line}: ${first?.text}`;
  const parts = [
    `${facts.model} is right: ${counted(facts.numbers, "number")} to learn`,
    facts.hasLoss ? "" : "no loss",
    messages.length === 0 ? "" : counted(messages.length, "warning"),
  ];
  return `${parts.filter(Boolean).join(", ")}.`;
};
