// The words of the page, in the language that was chosen for the page.

import { get } from "./server.js";

const LANGUAGES = ["da", "en"];
let words = {};
let language = first();

function first() {
  const asked = new URLSearchParams(location.search).get("lang");
  const kept = localStorage.getItem("language");
  const browser = navigator.language.startsWith("da") ? "da" : "en";
  return [asked, kept, browser].find((found) => LANGUAGES.includes(found));
}

export function currentLanguage() {
  return language;
}

export async function speak(chosen = language) {
  language = chosen;
  words = await get(`/sim/texts?lang=${language}`);
  localStorage.setItem("language", language);
  document.documentElement.lang = language;
  document.title = text("title");
  for (const node of document.querySelectorAll("[data-text]")) {
    node.textContent = text(node.dataset.text);
  }
  for (const node of document.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", text(node.dataset.label));
  }
}

export function has(id) {
  return `simulator.${id}` in words;
}

export function text(id, values = {}) {
  const found = words[`simulator.${id}`];
  if (found === undefined) throw new Error(`There is no text simulator.${id}.`);
  return found.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

export function role(key) {
  return has(`role.${key}`) ? text(`role.${key}`) : key;
}

const ZONE = { timeZone: "Europe/Copenhagen" };

export function hour(moment) {
  const style = { ...ZONE, hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  return new Intl.DateTimeFormat(language === "da" ? "da-DK" : "en-GB", style).format(moment);
}

export function day(moment) {
  const style = { ...ZONE, weekday: "short", day: "numeric", month: "long" };
  return new Intl.DateTimeFormat(language === "da" ? "da-DK" : "en-GB", style).format(moment);
}
