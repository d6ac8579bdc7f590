// One menu for everything that needs a choice: where to open a link, what to send.

import { button } from "./make.js";
import { text } from "./words.js";

const dialog = document.getElementById("menu");
const title = document.getElementById("menu-title");
const remark = document.getElementById("menu-note");
const choices = document.getElementById("menu-choices");
const leave = document.getElementById("menu-close");

// Each choice is {label, act, off}; a choice that is off can be read but not taken.
export function choose(question, offered, { note = "", close = text("menu.close") } = {}) {
  title.textContent = question;
  remark.textContent = note;
  leave.textContent = close;
  const made = offered.map(({ label, act, off }) => {
    const take = () => {
      dialog.close();
      act();
    };
    return button(label, take, { disabled: Boolean(off) });
  });
  choices.replaceChildren(...made);
  dialog.showModal();
}

leave.addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});
