// The panel: letters that lie ready, faults to switch on, and a new beginning.

import { openOn } from "./bubble.js";
import { eraseFirst } from "./erasing.js";
import { button, make, put, reconcile } from "./make.js";
import { post } from "./server.js";
import { currentLanguage, role, text } from "./words.js";

const KINDS = ["too_many", "server_error", "lost_request", "lost_answer", "stale_query", "deactivated", "duplicate", "resent_tap", "reorder", "late_person", "late_queue", "held"];
// Lasts as long as it is on, so it never happens once.
const LASTING = ["held"];

const panel = document.getElementById("panel");
const toggle = document.getElementById("panel-switch");
const count = document.getElementById("letter-count");
const reset = document.getElementById("reset");
const mark = document.getElementById("faults-on");

let state = null;

export function openPanel(open) {
  panel.hidden = !open;
  toggle.setAttribute("aria-expanded", String(open));
  document.body.classList.toggle("with-panel", open);
}

toggle.addEventListener("click", () => openPanel(panel.hidden));
panel.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  openPanel(false);
  toggle.focus();
});
reset.addEventListener("click", () => eraseFirst(state, () => post("/sim/reset", { language: currentLanguage() })));
mark.querySelector("button").addEventListener("click", () => post("/sim/faults"));

export function showPanel(shown) {
  state = shown;
  reset.disabled = state.play.state === "running";
  count.hidden = !state.letters.length;
  count.textContent = state.letters.length;
  reconcile(document.getElementById("letters"), letters(state));
  reconcile(document.getElementById("faults"), faults(state));
}

// What is switched on is told wherever one looks, also while the panel is shut.
export function showFaults({ faults: on }) {
  const said = on.length ? text("faults.active", { faults: on.map(({ kind }) => text(`fault.${kind}`)).join("; ") }) : "";
  mark.hidden = !said;
  put(mark.querySelector("span"), said);
}

function letters({ letters: ready, phones, bot }) {
  const look = currentLanguage();
  if (!ready.length) {
    return [{ key: "none", look, build: () => make("li", { class: "none" }, text("letters.none")) }];
  }
  return ready.map((letter) => ({
    key: letter.payload,
    look: JSON.stringify([letter, look]),
    build: () => letterItem(letter, phones, bot),
  }));
}

function letterItem(letter, phones, bot) {
  const open = () => openOn(phones, letter.payload);
  const label = text("letters.open.label", { role: role(letter.role) });
  return make("li", { class: `letter ${letter.role}` },
    make("strong", {}, role(letter.role)),
    make("span", { class: "reference" }, letter.reference),
    make("code", {}, `t.me/${bot}?start=${letter.payload}`),
    button(text("letters.open"), open, { "aria-label": label }),
  );
}

function faults({ faults: on }) {
  return KINDS.map((kind) => {
    const active = on.find((fault) => fault.kind === kind);
    const look = JSON.stringify([active, currentLanguage()]);
    return { key: kind, look, build: () => faultItem(kind, active) };
  });
}

function faultItem(kind, active) {
  const fault = text(`fault.${kind}`);
  const once = () => post("/sim/faults", { kind, count: 1 });
  const lasting = Boolean(active && !active.count);
  const turn = () => post("/sim/faults", { kind, off: lasting });
  return make("li", { class: active ? "on" : "" },
    make("span", {}, fault),
    LASTING.includes(kind) ? null : button(text("fault.once"), once, { "aria-label": text("fault.once.label", { fault }), "aria-pressed": String(Boolean(active && active.count)) }),
    button(text("fault.on"), turn, { "aria-label": text("fault.on.label", { fault }), "aria-pressed": String(lasting) }),
  );
}
