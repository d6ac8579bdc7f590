// Makes elements. Words only ever enter the page as text, never as HTML.

export function make(tag, given = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

export function button(label, onclick, given = {}) {
  return make("button", { type: "button", onclick, ...given }, label);
}

// Writes only what is new, so that nothing is laid out or read aloud again.
export function put(node, said) {
  if (node.textContent !== said) node.textContent = said;
}

const ICONS = {
  more: "M5.5 12h.6 M11.7 12h.6 M17.9 12h.6",
  plus: "M12 5v14 M5 12h14",
  send: "M4 12l16-7-5 15-3.5-6z",
  slash: "M14 5l-4 14",
  silent: "M6 16.5h12l-1.5-2.5v-3.5a4.5 4.5 0 0 0-9 0V14z M10.5 19.5h3 M4 4l16 16",
  lock: "M6 11h12v8.5H6z M8.5 11V8a3.5 3.5 0 0 1 7 0v3",
};

export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

// Brings the children of a list in line with what it should show, touching only what
// has changed: the rest keeps its focus and is not read aloud again.
export function reconcile(list, wanted) {
  const old = new Map([...list.children].map((node) => [node.dataset.key, node]));
  let place = null;
  for (const { key, look, build } of wanted) {
    const was = old.get(key);
    const same = was && was.dataset.look === look;
    const node = same ? was : build();
    node.dataset.key = key;
    node.dataset.look = look;
    if (was && !same) was.replaceWith(node);
    const next = place ? place.nextSibling : list.firstChild;
    if (node !== next) list.insertBefore(node, next);
    place = node;
    old.delete(key);
  }
  for (const gone of old.values()) gone.remove();
}
