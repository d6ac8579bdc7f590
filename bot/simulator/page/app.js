// The rehearsal room: fetches the state after every change and shows it.

import { make, reconcile } from "./make.js";
import { openPanel, showPanel } from "./panel.js";
import { PhoneView } from "./phone.js";
import * as server from "./server.js";
import { news } from "./story.js";
import { currentLanguage, day, hour, role, speak, text } from "./words.js";

const TICK_SECONDS = 5;
const ALERT_SECONDS = 8;
const narrow = matchMedia("(max-width: 719px)");

const room = document.getElementById("phones");
const tabs = document.getElementById("tabs");
const play = document.getElementById("play");
const which = document.getElementById("which");
const desk = document.getElementById("desk");
const progress = document.getElementById("progress");
const status = document.getElementById("story-status");
const clock = document.getElementById("clock");

const views = new Map();
const inView = new Set();
let state = null;
let ahead = 0;
let current = null;
let followed = null;

// --- fetching -------------------------------------------------------------------------

let fetching = false;
let again = false;

async function refresh() {
  if (fetching) {
    again = true;
    return;
  }
  fetching = true;
  try {
    do {
      again = false;
      state = await server.get("/sim/state");
      ahead = new Date(state.clock) - Date.now();
      show();
    } while (again);
  } catch {
    tell(text("lost"));
  } finally {
    fetching = false;
  }
}

// --- showing --------------------------------------------------------------------------

function show() {
  current ??= state.phones[0]?.key;
  showPhones();
  showTabs();
  showStory();
  showPanel(state);
  tick();
  markRead();
}

function now() {
  return new Date(Date.now() + ahead);
}

function tick() {
  const moment = now();
  clock.textContent = `${day(moment)}, ${hour(moment)}`;
  clock.dateTime = moment.toISOString();
  for (const view of views.values()) view.tick(moment);
}

function showPhones() {
  const keys = new Set(state.phones.map((phone) => phone.key));
  for (const [key, view] of views) {
    if (!keys.has(key)) {
      view.node.remove();
      views.delete(key);
    }
  }
  for (const phone of state.phones) {
    if (!views.has(phone.key)) add(phone.key);
    const view = views.get(phone.key);
    view.node.classList.toggle("current", phone.key === current);
    view.node.classList.toggle("acting", state.play.state === "running" && phone.key === state.play.phone);
    view.show(phone, state, now());
  }
}

function add(key) {
  const view = new PhoneView(key);
  views.set(key, view);
  room.append(view.node);
  seen.observe(view.node);
}

function showTabs() {
  reconcile(tabs, state.phones.map((phone) => {
    const here = phone.key === current;
    const look = JSON.stringify([phone.unread, phone.name, here, currentLanguage()]);
    return { key: phone.key, look, build: () => tab(phone, here) };
  }));
}

function tab(phone, here) {
  const known = { role: role(phone.key), n: phone.unread };
  const label = text(phone.unread ? "phone.tab.unread" : "phone.tab", known);
  const badge = phone.unread ? make("span", { class: "count" }, phone.unread) : null;
  return make("button",
    { type: "button", class: `tab ${phone.key}`, "aria-label": label, "aria-current": here ? "true" : false, onclick: () => go(phone.key) },
    make("span", { class: "dot", "aria-hidden": "true" }), role(phone.key), badge);
}

function go(key, { focus = true } = {}) {
  current = key;
  show();
  const { node, field } = views.get(key);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  node.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "nearest", inline: "nearest" });
  const own = tabs.querySelector(`[data-key="${CSS.escape(key)}"]`);
  own?.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (focus) own?.focus();
  if (focus && !narrow.matches && !field.closest("[hidden]")) field.focus({ preventScroll: true });
}

// --- the story ------------------------------------------------------------------------

function showStory() {
  const { play: story } = state;
  const running = story.state === "running";
  const ready = story.stories.length > 0;
  play.disabled = which.disabled = running || !ready;
  play.title = ready ? "" : text("play.none");
  showStories(story.stories);
  progress.hidden = !running;
  progress.max = story.steps || 1;
  progress.value = story.step;
  showTold(story);
  if (running) follow(story);
}

function showTold(story) {
  const { state: how, told, performance } = story;
  const name = state.phones.find((phone) => phone.key === story.phone)?.name ?? "";
  const known = { ...story, name, reason: story.waited_for };
  const waiting = {
    idle: () => (story.stories.length ? text("play.hint") : ""),
    running: () => text(story.step ? "play.step" : "play.starting", known),
  }[how]?.() ?? "";
  const end = {
    finished: () => [{ caption: text("play.finished"), typed: [] }],
    failed: () => [{ caption: text("play.failed", known), typed: told.at(-1)?.typed ?? [] }],
  }[how]?.() ?? [];
  const parts = news(performance, [...told, ...end]);
  const said = parts.map((part) => part.caption).join(" ") || waiting;
  const typed = parts.flatMap((part) => part.typed).join("\n");
  if (status.textContent !== said) status.textContent = said;
  status.classList.toggle("failed", how === "failed");
  desk.hidden = !typed;
  desk.querySelector("code").textContent = typed;
}

function showStories(names) {
  const chosen = which.value;
  which.hidden = names.length < 2;
  reconcile(which, names.map((name) => {
    const build = () => make("option", { value: name }, text(`play.${name}`));
    return { key: name, look: currentLanguage(), build };
  }));
  const wanted = state.play.state === "running" ? state.play.story : chosen;
  if (wanted) which.value = wanted;
}

function follow(story) {
  const place = `${story.step} ${story.phone}`;
  if (!story.phone || place === followed) return;
  followed = place;
  if (narrow.matches ? story.phone !== current : !inView.has(story.phone)) {
    go(story.phone, { focus: false });
  }
}

play.addEventListener("click", () => server.post("/sim/play", { language: currentLanguage(), story: which.value }));

// --- reading --------------------------------------------------------------------------

const seen = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    const key = entry.target.id.replace("phone-", "");
    if (entry.isIntersecting) inView.add(key);
    else inView.delete(key);
  }
  markRead();
}, { threshold: 0.6 });

function markRead() {
  if (document.hidden || !state) return;
  for (const phone of state.phones) {
    if (phone.unread && inView.has(phone.key)) server.phone(phone.key, "read");
  }
}

document.addEventListener("visibilitychange", markRead);

// --- the tools ------------------------------------------------------------------------

for (const node of document.querySelectorAll("[data-advance]")) {
  const seconds = Number(node.dataset.advance);
  node.addEventListener("click", () => server.post("/sim/clock", { advance_seconds: seconds }));
}

for (const node of document.querySelectorAll("[data-language]")) {
  node.addEventListener("click", () => changeLanguage(node.dataset.language));
}

async function changeLanguage(language) {
  await speak(language);
  for (const node of document.querySelectorAll("[data-language]")) {
    node.setAttribute("aria-pressed", String(node.dataset.language === language));
  }
  if (state) show();
}

function placeTools() {
  const tools = document.getElementById("tools");
  const bar = document.querySelector(".bar");
  if (narrow.matches) document.getElementById("tools-narrow").append(tools);
  else bar.insertBefore(tools, document.getElementById("panel-switch"));
}

const alertLine = document.getElementById("alert");
let alertEnd = 0;

function tell(said) {
  alertLine.textContent = said;
  clearTimeout(alertEnd);
  alertEnd = setTimeout(() => { alertLine.textContent = ""; }, ALERT_SECONDS * 1000);
}

// --- the beginning --------------------------------------------------------------------

server.whenRefused((reason) => tell(text("refused", { reason })));
narrow.addEventListener("change", placeTools);
placeTools();
openPanel(matchMedia("(min-width: 1680px)").matches);
await changeLanguage(currentLanguage());
server.listen(refresh, () => tell(text("lost")));
setInterval(() => state && tick(), TICK_SECONDS * 1000);
