import { element } from "./element.ts";
import type { View } from "./view.ts";

export interface Tabs {
  readonly content: HTMLElement;
  readonly open: () => View;
  readonly choose: (name: string) => void;
  /** Whether nothing can be done in the views, since they are of another program than the one that is looked at. */
  readonly hold: (isHeld: boolean) => void;
}

/** Views of which one is open: arrow keys go from one to the next. */
export const newTabs = (views: ReadonlyArray<View>, opened: (view: View) => void): Tabs => {
  let open = views[0]!;
  const choose = (view: View): void => {
    open = view;
    for (const [i, other] of views.entries()) {
      const isOpen = other === view;
      tabs[i]!.setAttribute("aria-selected", String(isOpen));
      tabs[i]!.tabIndex = isOpen ? 0 : -1;
      panels[i]!.hidden = !isOpen;
    }
    opened(view);
  };
  const tabs = views.map((view) =>
    element(
      "button",
      {
        ...{ type: "button", role: "tab", id: `tab-${view.name}`, "aria-controls": `view-${view.name}` },
        onclick: () => choose(view),
        onkeydown: (event) => moved(event as KeyboardEvent),
      },
      view.title,
    ),
  );
  const moved = (event: KeyboardEvent): void => {
    const at = views.indexOf(open);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: views.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = (to + views.length) % views.length;
    choose(views[next]!);
    tabs[next]!.focus();
  };
  const panels = views.map(({ name, content }) =>
    element("div", { role: "tabpanel", id: `view-${name}`, "aria-labelledby": `tab-${name}`, tabindex: 0 }, content),
  );
  const content = element(
    "div",
    { class: "tabs" },
    element("div", { role: "tablist", "aria-label": "Views" }, ...tabs),
    ...panels,
  );
  choose(open);
  return {
    content,
    open: () => open,
    hold: (isHeld) => {
      for (const panel of panels) panel.inert = isHeld;
    },
    choose: (name) => {
      const view = views.find((each) => each.name === name);
      if (view !== undefined) choose(view);
    },
  };
};
