import { type Program, programFile, staticsIn } from "../program.ts";
import type { Ask } from "./client.ts";
import type { Editor } from "./editor/editor.ts";
import type { Messages } from "./messages.ts";
import type { Tabs } from "./tabs.ts";
import type { Right } from "./view.ts";

/** After so many milliseconds without a change a program is looked at. */
const pause = 200;

export interface Parts {
  readonly ask: Ask;
  readonly editor: Editor;
  readonly statics: HTMLInputElement;
  readonly messages: Messages;
  readonly tabs: Tabs;
}

/** Looks at the program after each change: what is wrong is marked, what is right is shown. */
export const newLook = ({ ask, editor, statics, messages, tabs }: Parts, found: (right: Right) => void) => {
  let clock: ReturnType<typeof setTimeout> | undefined;
  const program = (): Program => ({ source: editor.text(), statics: staticsIn(statics.value) });
  const look = async (): Promise<void> => {
    const asked = program();
    const answer = await ask("analyse", asked);
    const isOld = JSON.stringify(asked) !== JSON.stringify(program());
    if (answer.tag === "stale" || isOld) return;
    if (answer.tag === "failed") {
      messages.fail(`${programFile}: ${answer.text}`);
      return;
    }
    const { facts } = answer.value;
    messages.show(answer.value);
    editor.mark(answer.value.messages);
    tabs.content.classList.toggle("old", facts === null);
    if (facts === null) return;
    const right = { program: asked, facts };
    found(right);
    tabs.open().show(right);
  };
  return {
    soon: (): void => {
      clearTimeout(clock);
      clock = setTimeout(() => void look(), pause);
    },
    now: (): void => {
      clearTimeout(clock);
      void look();
    },
  };
};
