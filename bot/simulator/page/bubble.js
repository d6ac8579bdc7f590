// One message in a chat: words, links, buttons, and what can be done with it.

import { button, icon, make } from "./make.js";
import { choose } from "./menu.js";
import * as server from "./server.js";
import { currentLanguage, has, hour, role, text } from "./words.js";

const ADDRESS = /(?:https?:\/\/|t\.me\/)[^\s<>"]*[^\s<>".,;:!?)]/g;
const START = /t\.me\/\w+\?start=([A-Za-z0-9_-]+)/;

// What is read as one thing and stands on one line: a number, a date, a case.
const WHOLE = /\+?\d[\d .:\u2013-]*\d|KR-\w+/g;

const SHORT = 60;

// `compose` is called with what is to be written about a message: a reply, a change.
export function bubbleEntry(phone, phones, shown, compose) {
  const replied = phone.bubbles.find((other) => other.id === shown.reply_to);
  const look = JSON.stringify([shown, replied?.text, currentLanguage(), phones.map((p) => p.name)]);
  const build = () => bubble(phone, phones, shown, compose, replied);
  return { key: `bubble-${shown.id}`, look, build };
}

function bubble(phone, phones, shown, compose, replied) {
  const act = () => actions(phone, phones, shown, compose);
  const node = make(
    "li",
    { class: `bubble ${shown.author}${shown.remark ? " remark" : ""}${shown.edited ? " edited" : ""}`, tabindex: "-1", onkeydown: onEnter(act) },
    make("div", { class: "body" },
      shown.author === "other" ? sender(shown, phones) : null,
      shown.origin ? make("strong", { class: "sender" }, text(`bubble.${shown.origin.how}`, shown.origin)) : null,
      replied ? make("p", { class: "replied" }, short(replied.text)) : null,
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
  if (shown.remark) return make("p", {}, has(`send.${shown.kind}`) ? text(`send.${shown.kind}`) : shown.kind);
  if (shown.author === "person" && !["text", "contact"].includes(shown.kind)) return thing(shown);
  return make("p", {}, shown.kind === "contact" ? "☎ " : "", ...linked(phone, phones, shown.text));
}

// A sign stands for what can only be looked at or listened to; below it are its words.
function thing(shown) {
  const [sign, ...rest] = shown.text.split(" ");
  const named = has(`send.${shown.kind}`) ? { role: "img", "aria-label": text(`send.${shown.kind}`) } : {};
  return make("p", {}, make("span", { class: "sign", ...named }, sign), rest.length ? `\n${rest.join(" ")}` : "");
}

function short(said) {
  return said.length > SHORT ? `${said.slice(0, SHORT).trim()} …` : said;
}

function linked(phone, phones, said) {
  const parts = [];
  let end = 0;
  for (const found of said.matchAll(ADDRESS)) {
    parts.push(...unbroken(said.slice(end, found.index)), link(phone, phones, found[0]));
    end = found.index + found[0].length;
  }
  return [...parts, ...unbroken(said.slice(end))];
}

function unbroken(said) {
  const parts = [];
  let end = 0;
  for (const found of said.matchAll(WHOLE)) {
    parts.push(said.slice(end, found.index), make("span", { class: "whole" }, found[0]));
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

function actions(phone, phones, shown, compose) {
  if (shown.author === "other") return;
  const about = { message_id: shown.id, text: short(shown.text) };
  const [quote] = shown.text.split(/(?<=[.?])\s|\n/);
  const own = shown.author === "person";
  const offered = [
    { label: text("bubble.reply"), act: () => compose({ action: "reply", ...about }) },
    { label: text("bubble.quote"), act: () => compose({ action: "reply", ...about, quote }), off: own && shown.kind !== "text" },
    { label: text("bubble.edit"), act: () => compose({ action: "edit", ...about, text: wordsOf(shown) }), off: !shown.changeable },
    { label: text("bubble.untouched"), act: () => server.phone(phone.key, "edit_no_word", { message_id: shown.id }), off: !own },
    { label: text("bubble.back"), act: () => server.phone(phone.key, "forward_back", { message_id: shown.id }), off: shown.protected },
    ...forwards(phone, phones, shown),
  ];
  const remove = () => server.phone(phone.key, "delete", { message_ids: [shown.id] });
  offered.push({ label: text("bubble.delete"), act: remove });
  choose(text(shown.protected ? "bubble.protected" : "bubble.actions"), offered);
}

// What can be changed of a message: its text, or the words below a picture.
function wordsOf({ kind, text: said }) {
  return kind === "text" ? said : said.split(" ").slice(1).join(" ");
}

function forwards(phone, phones, shown) {
  const others = phones.filter((p) => p.key !== phone.key);
  return others.map((p) => ({
    label: text("bubble.forward", { name: `${role(p.key)}, ${p.name}` }),
    act: () => server.phone(phone.key, "forward", { message_id: shown.id, to: p.key }),
    off: shown.protected,
  }));
}

function onEnter(act) {
  return (event) => {
    if (event.key !== "Enter" || event.target !== event.currentTarget) return;
    event.preventDefault();
    act();
  };
}
