// What else a phone can send: other kinds, texts that come in another way, places.

import { choose } from "./menu.js";
import * as server from "./server.js";
import { text } from "./words.js";

const USUAL = ["photo", "sticker", "voice", "location", "document"];
const OTHERS = ["video", "video_note", "animation", "audio", "live_photo", "checklist", "poll", "dice", "venue", "story", "paid_media", "game", "invoice", "giveaway", "giveaway_winners", "rich_message", "unsupported"];
const WORDLESS = ["sticker", "location", "video_note", "dice", "story", "unsupported"];
const REMARKS = ["pinned_message", "message_auto_delete_timer_changed", "chat_background_set", "write_access_allowed", "boost_added", "gift"];
const ORIGINS = ["own", "person", "hidden", "group", "channel"];
const AT_ONCE = 3;

// `view` is a PhoneView: what stands in its field is the text of what is sent.
export function attach(view) {
  const { key } = view;
  const contact = (id, own) => ({ label: text(`send.${id}`), act: () => server.phone(key, "contact", { own }) });
  choose(text("phone.attach"), [
    contact("contact", true),
    contact("foreign", false),
    ...USUAL.map((kind) => thing(view, kind)),
    { label: text("send.album", { n: AT_ONCE }), act: () => server.phone(key, "album", { count: AT_ONCE, text: view.take() }) },
    place(view),
    { label: text("send.as"), act: () => inAnotherWay(view) },
    { label: text("send.kinds"), act: () => choose(text("send.kinds"), OTHERS.map((kind) => thing(view, kind))) },
    { label: text("send.remarks"), act: () => choose(text("send.remarks"), REMARKS.map((kind) => remark(view, kind))) },
    { label: text("send.edited"), act: () => send(view, "edited", text("send.edited.text")) },
    { label: text("send.untouched"), act: () => server.phone(key, "edit_no_word") },
    { label: text("send.group"), act: () => send(view, "group", text("send.group.text")) },
  ]);
}

function send(view, kind, words) {
  return server.phone(view.key, "send", { kind, text: words });
}

function thing(view, kind) {
  const words = () => (WORDLESS.includes(kind) ? "" : view.take());
  return { label: text(`send.${kind}`), act: () => send(view, kind, words()) };
}

// Nothing is taken from the field: there are no words in a remark.
function remark(view, kind) {
  return { label: text(`send.${kind}`), act: () => send(view, kind, "") };
}

function place({ key, state }) {
  const [id, action] = state.live ? ["stop_sharing", "stop_sharing"] : ["live_location", "live"];
  return { label: text(`send.${id}`), act: () => server.phone(key, action) };
}

function inAnotherWay(view) {
  const way = (label, action, more = {}) => ({
    label,
    act: () => server.phone(view.key, action, { ...more, text: view.take() || text("send.sample") }),
  });
  choose(text("send.as"), [
    ...ORIGINS.map((origin) => way(text(`send.as.${origin}`), "bring", { origin })),
    way(text("send.as.bulk", { n: AT_ONCE }), "bring", { count: AT_ONCE }),
    way(text("send.as.via"), "through_bot"),
    way(text("send.as.scheduled"), "scheduled"),
    way(text("send.as.elsewhere"), "reply_from_elsewhere"),
  ]);
}
