type Attributes = Readonly<Record<string, string | number | boolean | ((event: Event) => void)>>;
export type Child = Node | string;

/** An element of the page: attributes by name, those that begin with `on` are listeners; `true` sets an empty one. */
export const element = <K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: ReadonlyArray<Child>
): HTMLElementTagNameMap[K] => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (typeof value === "function") made.addEventListener(key.slice(2), value);
    else if (value !== false) made.setAttribute(key, value === true ? "" : String(value));
  made.append(...children);
  return made;
};

/** A button that does one thing. */
export const button = (text: string, act: () => void, attributes: Attributes = {}): HTMLButtonElement =>
  element("button", { type: "button", ...attributes, onclick: act }, text);

let fields = 0;

/** A field with its name before it. */
export const labelled = (text: string, field: HTMLElement): HTMLElement => {
  fields += 1;
  field.id = `field-${fields}`;
  return element("span", { class: "field" }, element("label", { for: field.id }, text), field);
};

export const choice = (
  options: ReadonlyArray<readonly [value: string, text: string]>,
  act: (value: string) => void,
  attributes: Attributes = {},
): HTMLSelectElement => {
  const made = element("select", attributes, ...options.map(([value, text]) => element("option", { value }, text)));
  made.addEventListener("change", () => act(made.value));
  return made;
};

export const checkbox = (act: () => void): HTMLInputElement => element("input", { type: "checkbox", onchange: act });
