// One tab for each phone: whose it is, and what is unread there.

import { make, reconcile } from "./make.js";
import { currentLanguage, role, text } from "./words.js";

const tabs = document.getElementById("tabs");

export function showTabs(phones, current, go) {
  reconcile(tabs, phones.map((phone) => {
    const here = phone.key === current;
    const look = JSON.stringify([phone.unread, phone.name, here, currentLanguage()]);
    return { key: phone.key, look, build: () => tab(phone, here, go) };
  }));
}

export function tabOf(key) {
  return tabs.querySelector(`[data-key="${CSS.escape(key)}"]`);
}

function tab(phone, here, go) {
  const known = { role: role(phone.key), n: phone.unread };
  const label = text(phone.unread ? "phone.tab.unread" : "phone.tab", known);
  const badge = phone.unread ? make("span", { class: "count" }, phone.unread) : null;
  return make("button",
    { type: "button", class: `tab ${phone.key}`, "aria-label": label, "aria-current": here ? "true" : false, onclick: () => go(phone.key) },
    make("span", { class: "dot", "aria-hidden": "true" }), role(phone.key), badge);
}
