// The rehearsal room: fetches the state after every change and shows it.

import { tell } from "./alert.js";
import { openPanel, showFaults, showPanel } from "./panel.js";
import { PhoneView } from "./phone.js";
import * as server from "./server.js";
import { showStart, turn, whenTurned } from "./start.js";
import { showTabs, tabOf } from "./tabs.js";
import { showStory } from "./transport.js";
import { currentLanguage, day, hour, speak, text } from "./words.js";

const TICK_SECONDS = 5;
const narrow = matchMedia("(max-width: 719px)");
const roomy = matchMedia("(min-width: 1280px)");

const room = document.getElementById("phones");
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
      const first = state === null;
      state = await server.get("/sim/state");
      ahead = new Date(state.clock) - Date.now();
      // Whoever comes in the middle of a story came to see it.
      if (first && state.play.state === "running") location.hash = "#phones";
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
  showStart(state);
  showPhones();
  showTabs(state.phones, current, go);
  showStory(state);
  follow(state.play);
  showPanel(state);
  showFaults(state);
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
    view.show(phone, state, now());
  }
}

function add(key) {
  const view = new PhoneView(key);
  views.set(key, view);
  room.append(view.node);
  seen.observe(view.node);
}

function go(key, { focus = true } = {}) {
  current = key;
  show();
  const { node, field } = views.get(key);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  node.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "nearest", inline: "nearest" });
  const own = tabOf(key);
  own?.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (focus) own?.focus();
  if (focus && !narrow.matches && !field.closest("[hidden]")) field.focus({ preventScroll: true });
}

// The phone on which something happens is brought into view, once for each step.
function follow({ state: how, step, phone }) {
  const place = `${step} ${phone}`;
  if (how !== "running" || !phone || place === followed) return;
  followed = place;
  go(phone, { focus: false });
}

addEventListener("resize", () => {
  followed = null;
  if (state?.play.state === "running" && state.play.phone) go(state.play.phone, { focus: false });
});

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

// Where there is no room for the clock in the bar, it lies in the panel.
function placeClock() {
  const tool = document.getElementById("clock-tool");
  if (roomy.matches) document.getElementById("languages").before(tool);
  else document.getElementById("panel").prepend(tool);
}

// --- the beginning --------------------------------------------------------------------

server.whenRefused((reason) => tell(text("refused", { reason })));
roomy.addEventListener("change", placeClock);
placeClock();
whenTurned(() => state && show());
turn();
openPanel(matchMedia("(min-width: 1680px)").matches);
await changeLanguage(currentLanguage());
server.listen(refresh, () => tell(text("lost")));
setInterval(() => state && tick(), TICK_SECONDS * 1000);
