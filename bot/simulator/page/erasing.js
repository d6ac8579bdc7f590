// Asks before anything erases what somebody has done on the phones.

import { choose } from "./menu.js";
import { text } from "./words.js";

export function eraseFirst(state, act) {
  // Before the page knows what has been done, nothing is erased.
  if (!state) return null;
  if (!state.by_hand) return act();
  const yes = { label: text("erase.yes"), act };
  return choose(text("erase.question"), [yes], { note: text("erase.note"), close: text("erase.no") });
}
