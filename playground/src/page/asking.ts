import type { Given, Told, Topic } from "../protocol.ts";
import type { Ask } from "./client.ts";

/**
 * Asks for a view: what comes after a later question was put is not shown. While an answer is awaited the content says it is
 * busy, and what went wrong stands in its place.
 */
export const askingFor = (ask: Ask, content: HTMLElement) => {
  let last = 0;
  return async <T extends Topic>(
    topic: T,
    given: Given<T>,
    show: (told: Told<T>) => void | Promise<void>,
  ): Promise<void> => {
    last += 1;
    const own = last;
    content.setAttribute("aria-busy", "true");
    if (content.childNodes.length === 0) content.textContent = "Working …";
    const answer = await ask(topic, given);
    if (own !== last || answer.tag === "stale") return;
    if (answer.tag === "told") await show(answer.value);
    else content.textContent = answer.text;
    if (own === last) content.removeAttribute("aria-busy");
  };
};
