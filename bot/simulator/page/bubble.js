// One message in a chat: words, links, buttons, and what can be done with it.

import { button, icon, make } from "./make.js";
import { choose } from "./menu.js";
import * as server from "./server.js";
import { currentLanguage, hour, role, text } from "./words.js";

const ADDRESS = /(?:https?:\/\/|t\.me\/)[^\s<>"]*[^\s<>".,;:!?)]/g;
const START = /t\.me\/\w+\?start=([A-Za-z0-9_-]+)/;

export function bubbleEntry(phone, phones, shown) {
  const look = JSON.stringify([shown, currentLanguage(), phones.map((p) => p.name)]);
  const build = () => bubble(phone, phones, shown);
  return { key: `bubble-${shown.id}`, look, build };
}

function bubble(phone, phones, shown) {
  const act = () => actions(phone, phones, shown);
  const node = make(
    "li",
    { class: `bubble ${shown.author}`, tabindex: "-1", onkeydown: onEnter(act) },
    make("div", { class: "body" },
      shown.author === "other" ? sender(shown, phones) : null,
      words(phone, phones, shown),
      meta(shown),
      more(shown, act),
    ),
  );
  if (shown.buttons.length) node.append(buttons(phone, phones, shown));
  return node;
}

function sender(shown, phones) {
  const found = phones.find((p) => p.key === shown.sender);
  const name = found ? found.name : shown.sender;
  return make("strong", { class: "sender" }, text("bubble.from", { name }));
}

function words(phone, phones, shown) {
  if (shown.file) {
    const href = `/sim/files/${encodeURIComponent(shown.file.id)}`;
    const link = make("a", { href, download: shown.file.name }, `📄 ${shown.file.name}`);
    return make("p", {}, link, shown.text ? `\n${shown.text}` : "");
  }
  const large = shown.author === "person" && !["text", "contact"].includes(shown.kind);
  return make("p", { class: large ? "sign" : false }, 
    shown.kind === "contact" ? "☎ " : "", ...linked(phone, phones, shown.text));
}

function linked(phone, phones, said) {
  const parts = [];
  let end = 0;
  for (const found of said.matchAll(ADDRESS)) {
    parts.push(said.slice(end, found.index), link(phone, phones, found[0]));
    end = found.index + found[0].length;
  }
  return [...parts, said.slice(end)];
}

function link(phone, phones, address) {
  const start = address.match(START);
  if (start) {
    const open = () => openOn(phones, start[1], phone);
    return button(address, open, { class: "link" });
  }
  const href = address.startsWith("http") ? address : `https://${address}`;
  return make("a", { href, target: "_blank", rel: "noopener noreferrer" }, address);
}

export function openOn(phones, payload, here = null) {
  const offered = phones.map((p) => ({
    label: where(p, here),
    act: () => server.phone(p.key, "start", { payload }),
  }));
  choose(text("link.choose"), offered);
}

function where(phone, here) {
  const name = text("phone", { role: role(phone.key), name: phone.name });
  return text(here && phone.key === here.key ? "link.here" : "link.there", { name });
}

function meta(shown) {
  const signs = [];
  if (shown.silent) signs.push(sign("silent", text("bubble.silent")));
  if (shown.protected) signs.push(sign("lock", text("bubble.protected")));
  if (shown.edited) signs.push(make("span", {}, text("bubble.edited")));
  const at = make("time", { datetime: shown.at }, hour(new Date(shown.at)));
  return make("span", { class: "meta" }, ...signs, at);
}

function sign(name, meaning) {
  return make("span", { class: "sign-small", role: "img", "aria-label": meaning, title: meaning }, icon(name));
}

function more(shown, act) {
  if (shown.author === "other") return null;
  const label = text("bubble.more");
  return button(icon("more"), act, { class: "more", tabindex: "-1", "aria-label": label });
}

function buttons(phone, phones, shown) {
  let index = -1;
  const rows = shown.buttons.map((row) => {
    const made = row.map((given) => inline(phone, phones, shown, given, ++index));
    return make("div", { class: "row" }, ...made);
  });
  return make("div", { class: "buttons" }, ...rows);
}

function inline(phone, phones, shown, given, index) {
  const start = given.url && given.url.match(START);
  if (start) return button(given.text, () => openOn(phones, start[1], phone));
  if (given.url) {
    return make("a", { href: given.url, target: "_blank", rel: "noopener noreferrer" }, given.text);
  }
  const tap = () => server.phone(phone.key, "tap", { message_id: shown.id, index });
  return button(given.text, tap);
}

function actions(phone, phones, shown) {
  if (shown.author === "other") return;
  const others = phones.filter((p) => p.key !== phone.key);
  const offered = others.map((p) => ({
    label: text("bubble.forward", { name: `${role(p.key)}, ${p.name}` }),
    act: () => server.phone(phone.key, "forward", { message_id: shown.id, to: p.key }),
    off: shown.protected,
  }));
  const remove = () => server.phone(phone.key, "delete", { message_ids: [shown.id] });
  offered.push({ label: text("bubble.delete"), act: remove });
  choose(text(shown.protected ? "bubble.protected" : "bubble.actions"), offered);
}

function onEnter(act) {
  return (event) => {
    if (event.key !== "Enter" || event.target !== event.currentTarget) return;
    event.preventDefault();
    act();
  };
}
