// The first screen: what this is, who the people are, and what to look at.

import { make, reconcile } from "./make.js";
import { currentLanguage, role, text } from "./words.js";

const start = document.getElementById("start");
const room = document.querySelector(".room");
const choice = document.getElementById("choice");

// The address tells which screen stands open, so that *back* and *reload* do as always.
function atStart() {
  return location.hash !== "#phones";
}

export function whenTurned(turned) {
  addEventListener("hashchange", () => {
    turn();
    turned();
  });
}

export function turn() {
  start.hidden = !atStart();
  room.hidden = atStart();
  document.body.classList.toggle("at-start", atStart());
  if (atStart()) document.getElementById("start-play").prepend(choice);
  else document.querySelector(".bar .brand").after(choice);
}

export function showStart({ phones }) {
  reconcile(document.getElementById("people"), phones.map((phone) => {
    const look = JSON.stringify([phone.name, currentLanguage()]);
    return { key: phone.key, look, build: () => person(phone) };
  }));
}

function person({ key, name }) {
  return make("li", { class: `member ${key}` },
    make("strong", {}, name), make("span", { class: "role" }, role(key)),
    make("p", {}, text(`start.person.${key}`)));
}
