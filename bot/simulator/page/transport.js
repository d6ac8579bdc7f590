// Plays a story: begun, paused, slowed down, taken step by step, stopped.

import { eraseFirst } from "./erasing.js";
import { make, put, reconcile } from "./make.js";
import { post } from "./server.js";
import { news } from "./story.js";
import { currentLanguage, text } from "./words.js";

const at = (id) => document.getElementById(id);
const [choice, play, which] = [at("choice"), at("play"), at("which")];
const [transport, pause, slow, stop] = [at("transport"), at("pause"), at("slow"), at("stop")];
const [status, told, technical] = [at("story-status"), at("told"), at("technical")];

let state = null;
let pressed = false;

export function showStory(shown) {
  state = shown;
  const { play: story } = state;
  const running = story.state === "running";
  showStories(story);
  showTransport(story, running);
  showTold(story);
  technical.hidden = !(story.waited_for || story.told.some((part) => part.typed.length));
  put(technical.querySelector("code"), typed(story).join("\n"));
}

// Whoever has pressed a button that goes away stands on the one that comes instead.
function showTransport(story, running) {
  const name = state.phones.find((phone) => phone.key === story.phone)?.name;
  const turned = transport.hidden === running;
  choice.hidden = running;
  transport.hidden = !running;
  document.body.classList.toggle("playing", running);
  if (turned && pressed) (running ? pause : play).focus();
  if (turned) pressed = false;
  put(pause.querySelector("span"), text(story.paused ? "play.go_on" : "play.pause"));
  pause.classList.toggle("paused", story.paused);
  slow.setAttribute("aria-pressed", String(story.slow));
  at("progress").max = story.steps || 1;
  at("progress").value = story.step;
  put(at("step-number"), text(numbered(story), { ...story, name }));
}

function numbered({ step, paused }) {
  if (!step) return "play.starting";
  return paused ? "play.paused" : "play.step";
}

// The captions stand beside the phones; here all of them are read aloud.
function showTold({ state: how, told: parts, performance, stories, step, steps }) {
  const waiting = how === "idle" && stories.length ? text("play.hint") : "";
  const end = ["finished", "failed", "stopped"].includes(how) ? text(`play.${how}`, { step, steps }) : "";
  const captions = [...parts.map((part) => part.caption), ...(end ? [end] : [])];
  const said = news(performance, captions).join(" ") || waiting;
  put(status, said);
  put(told, end || waiting);
  told.classList.toggle("failed", how === "failed");
}

function typed({ told, waited_for: reason }) {
  return [...told.flatMap((part) => part.typed), ...(reason ? [reason] : [])];
}

function showStories({ stories, state: how, story }) {
  const chosen = which.value;
  play.disabled = which.disabled = !stories.length;
  play.title = stories.length ? "" : text("play.none");
  which.hidden = stories.length < 2;
  reconcile(which, stories.map((name) => {
    const build = () => make("option", { value: name }, text(`play.${name}`));
    return { key: name, look: currentLanguage(), build };
  }));
  const wanted = how === "running" ? story : chosen;
  if (wanted) which.value = wanted;
}

function begin() {
  pressed = true;
  location.hash = "#phones";
  post("/sim/play", { language: currentLanguage(), story: which.value });
}

play.addEventListener("click", () => eraseFirst(state, begin));
pause.addEventListener("click", () => post(`/sim/play/${state.play.paused ? "go_on" : "pause"}`));
at("step").addEventListener("click", () => post("/sim/play/step"));
slow.addEventListener("click", () => post(`/sim/play/${state.play.slow ? "usual" : "slow"}`));
stop.addEventListener("click", () => {
  pressed = true;
  post("/sim/play/stop");
});
