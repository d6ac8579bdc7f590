// One phone: made once, then brought in line with every new state.

import { tell } from "./alert.js";
import { attach } from "./attach.js";
import { bubbleEntry } from "./bubble.js";
import { button, icon, make, put, reconcile } from "./make.js";
import { choose } from "./menu.js";
import { Place } from "./place.js";
import * as server from "./server.js";
import { day, hour, role, text } from "./words.js";

const TOUCHED = ".head, .buttons, .foot";
const NOTICE_SECONDS = 4;
const MOVES_EVERY_SECONDS = 4;

export class PhoneView {
  constructor(key) {
    this.key = key;
    this.build();
  }

  build() {
    this.name = make("span", { class: "owner" });
    this.role = make("span", { class: "role" });
    this.time = make("time", { class: "time" });
    this.avatar = make("span", { class: "avatar", "aria-hidden": "true" }, "K");
    this.botName = make("span", { class: "bot-name" });
    this.botKind = make("span", { class: "bot-kind" });
    this.more = button(icon("more"), () => this.options(), { class: "round" });
    this.notice = make("p", { class: "notice", role: "status" });
    this.list = make("ol", { class: "bubbles" });
    this.log = make("div", { class: "log", role: "log", "aria-live": "polite", tabindex: "0", onkeydown: (event) => this.walk(event) }, this.list);
    this.empty = make("div", { class: "empty" });
    this.foot = make("div", { class: "foot" });
    const head = make("div", { class: "head" }, this.avatar,
      make("span", { class: "partner" }, this.botName, this.botKind), this.more);
    const screen = make("div", { class: "screen" },
      make("div", { class: "status" }, this.time), head, this.notice, this.log, this.empty, this.foot);
    this.heading = make("h2", {}, this.role, this.name);
    this.caption = make("p", { class: "caption" });
    this.node = make("section", { class: `phone ${this.key}`, id: `phone-${this.key}` }, this.heading, this.caption, make("div", { class: "frame" }, screen));
    this.node.addEventListener("click", (event) => this.refuse(event), true);
    this.node.addEventListener("keydown", (event) => event.key === "Enter" && this.refuse(event), true);
    this.field = make("input", { type: "text", autocomplete: "off", maxlength: "20000", enterkeyhint: "send" });
    this.buildFoot();
    this.place = new Place(this.log);
  }

  buildFoot() {
    this.attach = button(icon("plus"), () => attach(this), { class: "round" });
    this.commands = button(icon("slash"), () => this.menu(), { class: "round" });
    this.send = make("button", { type: "submit", class: "round send" }, icon("send"));
    this.composer = make("form", { class: "composer", onsubmit: (event) => this.submit(event) },
      this.attach, this.commands, this.field, this.send);
    this.aim = make("span");
    this.unaim = button("", () => this.compose(null), { class: "quiet" });
    this.aimLine = make("div", { class: "aim", hidden: true }, this.aim, this.unaim);
    this.waiting = make("p", { class: "waiting", role: "status" });
    this.keys = make("div", { class: "keys", role: "group" });
    this.letter = button("", () => server.phone(this.key, "start", { payload: this.ready.payload }), { class: "wide primary" });
    this.start = button("", () => server.phone(this.key, "start"), { class: "wide" });
    this.blockedNote = make("p", { class: "blocked-note" });
    this.unblock = button("", () => server.phone(this.key, "unblock"), { class: "wide" });
    this.lockedNote = make("p", { class: "locked-note", hidden: true }, icon("lock"), make("span"));
    this.foot.append(this.lockedNote, this.blockedNote, this.letter, this.start, this.unblock, this.waiting, this.aimLine, this.composer, this.keys);
    this.composer.addEventListener("keydown", (event) => event.key === "Escape" && this.compose(null));
  }

  show(state, { phones, letters, play }, now) {
    const held = this.foot.contains(document.activeElement);
    const acting = play.state === "running" && play.phone === this.key;
    this.state = state;
    this.phones = phones;
    this.locked = play.state === "running";
    this.ready = letters.find((letter) => letter.role === this.key);
    this.label();
    this.tick(now);
    const fresh = !state.started;
    this.log.hidden = fresh && !state.bubbles.length;
    this.empty.hidden = !this.log.hidden;
    this.start.hidden = !fresh || state.blocked || this.locked;
    this.letter.hidden = this.start.hidden || !this.ready;
    this.start.classList.toggle("primary", !this.ready);
    this.composer.hidden = fresh || state.blocked || this.locked;
    this.unblock.hidden = this.blockedNote.hidden = !state.blocked || this.locked;
    this.commands.hidden = !state.commands.length;
    this.waiting.hidden = !state.offline;
    this.showAim();
    this.keepMoving();
    this.showEmpty();
    this.showBubbles();
    this.showKeyboard();
    this.showNotice();
    this.lock();
    this.node.classList.toggle("acting", acting);
    put(this.caption, (acting && play.told.at(-1)?.caption) || "");
    if (held) this.keepFocus();
  }

  // Everything on it can be read, and nothing be done, while a story is played.
  lock() {
    this.node.classList.toggle("locked", this.locked);
    this.lockedNote.hidden = !this.locked;
    for (const control of this.node.querySelectorAll("button, input")) control.disabled = this.locked;
  }

  refuse(event) {
    if (!this.locked || !event.target.closest(`${TOUCHED}, .bubble:focus`)) return;
    event.stopPropagation();
    tell(text("phone.locked"));
  }

  // A button that was pressed is often gone now; the reader stays in this chat.
  keepFocus() {
    const focus = document.activeElement;
    const inside = this.node.contains(focus) && !focus.closest("[hidden]");
    if (!inside) this.log.focus({ preventScroll: true });
  }

  label() {
    const { name, bot_name: botName, language_code: language } = this.state;
    this.role.textContent = role(this.key);
    this.name.textContent = name;
    this.node.setAttribute("aria-label", text("phone", { role: role(this.key), name }));
    this.botName.textContent = botName;
    this.botKind.textContent = text("phone.bot");
    this.log.setAttribute("aria-label", text("phone.chat"));
    this.log.lang = language;
    this.letter.textContent = text("phone.letter");
    this.start.textContent = text(this.ready ? "phone.start.alone" : "phone.start");
    this.unblock.textContent = text("phone.unblock");
    this.blockedNote.textContent = text("phone.blocked");
    this.keys.setAttribute("aria-label", text("phone.keyboard"));
    this.unaim.textContent = text("phone.cancel");
    this.lockedNote.lastChild.textContent = text("phone.locked.short");
    this.waiting.textContent = text("phone.offline", { n: this.state.unsent });
    const labels = [[this.more, "more"], [this.attach, "attach"], [this.commands, "commands"], [this.send, "send"], [this.field, "type"]];
    for (const [node, id] of labels) node.setAttribute("aria-label", text(`phone.${id}`));
    const { keyboard } = this.state;
    this.field.placeholder = (keyboard && keyboard.placeholder) || text("phone.type");
  }

  tick(now) {
    this.time.textContent = hour(now);
  }

  showEmpty() {
    const { description, name } = this.state;
    const said = this.ready ? text("phone.letter.ready", { name }) : description || text("phone.empty");
    if (this.empty.textContent !== said) this.empty.replaceChildren(make("p", {}, said));
  }

  showBubbles() {
    const held = this.log.contains(document.activeElement);
    this.place.keep(() => reconcile(this.list, this.entries()));
    if (held) this.keepFocus();
  }

  entries() {
    const entries = [];
    let today = null;
    for (const shown of this.state.bubbles) {
      const date = day(new Date(shown.at));
      if (date !== today) entries.push(this.dayEntry(date));
      today = date;
      entries.push(bubbleEntry(this.state, this.phones, shown, (aim) => this.compose(aim)));
    }
    return entries;
  }

  dayEntry(date) {
    return { key: `day-${date}`, look: date, build: () => make("li", { class: "day" }, make("span", {}, date)) };
  }

  showKeyboard() {
    const { keyboard, blocked } = this.state;
    this.keys.hidden = !keyboard || blocked || !this.state.started;
    const look = JSON.stringify(keyboard);
    if (this.keys.dataset.look === look) return;
    this.keys.dataset.look = look;
    const rows = keyboard ? keyboard.rows : [];
    this.keys.replaceChildren(...rows.map((row) => make("div", { class: "row" }, ...row.map((key) => this.keyButton(key)))));
  }

  keyButton({ text: label, kind }) {
    const press = () => server.phone(this.key, "press", { label });
    const made = button(label, press);
    if (kind === "contact") made.prepend(make("span", { "aria-hidden": "true" }, "☎ "));
    return made;
  }

  showNotice() {
    const { notice } = this.state;
    const number = notice ? notice.number : 0;
    // What was said before the page was opened is not said again.
    const known = this.lastNotice === undefined || number === this.lastNotice;
    this.lastNotice = number;
    if (known || !notice) return;
    if (notice.alert) return choose(notice.text, []);
    this.notice.textContent = notice.text;
    setTimeout(() => { this.notice.textContent = ""; }, NOTICE_SECONDS * 1000);
  }

  // What is written next: a reply, a quote or a change of a message; null: a new one.
  compose(aim) {
    if (!aim && !this.aimed) return;
    this.aimed = aim;
    this.field.value = aim?.action === "edit" ? aim.text : "";
    this.showAim();
    this.field.focus();
  }

  showAim() {
    const gone = this.aimed && !this.state.bubbles.some((shown) => shown.id === this.aimed.message_id);
    if (gone) this.aimed = null;
    this.aimLine.hidden = this.composer.hidden || !this.aimed;
    this.aim.textContent = this.aimed ? text(`phone.aim.${this.aimed.action}`, { text: this.aimed.quote || this.aimed.text }) : "";
  }

  // Gives what stands in the field, and empties it.
  take() {
    const said = this.field.value;
    this.field.value = "";
    return said;
  }

  submit(event) {
    event.preventDefault();
    if (!this.field.value.trim()) return;
    const said = this.take();
    const { action, message_id, quote } = this.aimed ?? { action: "say" };
    this.aimed = null;
    this.showAim();
    server.phone(this.key, action, { text: said, message_id, quote });
  }

  // A phone that shares where it is tells so by itself, again and again.
  keepMoving() {
    const { live, offline, blocked } = this.state;
    const telling = live && !offline && !blocked;
    if (telling === Boolean(this.moving)) return;
    clearInterval(this.moving);
    const move = () => server.phone(this.key, "move");
    this.moving = telling ? setInterval(move, MOVES_EVERY_SECONDS * 1000) : 0;
  }

  walk(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const bubbles = [...this.log.querySelectorAll(".bubble")];
    const now = bubbles.findIndex((node) => node.contains(document.activeElement));
    const next = now < 0 ? bubbles.at(-1) : bubbles[now + step];
    if (next) next.focus();
  }

  options() {
    const { blocked, offline, started } = this.state;
    const network = { label: text(offline ? "phone.network.on" : "phone.network.off"), act: () => server.phone(this.key, offline ? "find_network" : "lose_network"), off: !started };
    const toggle = { label: text(blocked ? "phone.unblock" : "phone.block"), act: () => server.phone(this.key, blocked ? "unblock" : "block"), off: !started };
    const start = { label: text("phone.start"), act: () => server.phone(this.key, "start") };
    choose(text("phone.more"), [start, toggle, network]);
  }

  menu() {
    choose(text("phone.commands"), this.state.commands.map(({ command, description }) => ({
      label: `/${command} – ${description}`,
      act: () => server.phone(this.key, "say", { text: `/${command}` }),
    })));
  }
}
