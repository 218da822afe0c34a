import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, indentUnit } from "@codemirror/language";
import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import type { Message } from "../../protocol.ts";
import { type FactAt, hover } from "./hover.ts";
import { rnn } from "./language.ts";

export interface Editor {
  readonly text: () => string;
  readonly setText: (text: string) => void;
  readonly mark: (messages: ReadonlyArray<Message>) => void;
  /** Puts the cursor on a line, and shows it. */
  readonly goToLine: (line: number) => void;
}

/** The program that is worked on; `changed` hears of every change. */
export const newEditor = (parent: HTMLElement, factAt: FactAt, changed: () => void): Editor => {
  const view = new EditorView({
    parent,
    state: EditorState.create({
      extensions: [
        lineNumbers(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        history(),
        drawSelection(),
        bracketMatching(),
        indentUnit.of("  "),
        lintGutter(),
        hover(factAt),
        rnn,
        // Who comes by keyboard leaves with Escape, then Tab.
        keymap.of([...defaultKeymap, ...historyKeymap, indentWithTab]),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": "The program", spellcheck: "false", autocapitalize: "off" }),
        EditorView.updateListener.of(({ docChanged }) => {
          if (docChanged) changed();
        }),
      ],
    }),
  });
  const within = (place: number): number => Math.min(place, view.state.doc.length);
  return {
    text: () => view.state.doc.toString(),
    setText: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    mark: (messages) => {
      const marks = messages.flatMap(({ severity, title, text, hint, marks: [main, ...others] }): Diagnostic[] => [
        ...(main === undefined
          ? []
          : [
              {
                from: within(main.from),
                to: within(main.to),
                severity,
                message: [title, text, hint].filter(Boolean).join("\n"),
              },
            ]),
        ...others.map(({ from, to, text: said }) => ({
          from: within(from),
          to: within(to),
          severity: "info" as const,
          message: said === "" ? title : said,
        })),
      ]);
      view.dispatch(setDiagnostics(view.state, marks));
    },
    goToLine: (line) => {
      const { from } = view.state.doc.line(Math.min(Math.max(1, line), view.state.doc.lines));
      view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
      view.focus();
    },
  };
};
