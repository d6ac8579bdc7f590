// What a story has told: the page looks only now and then, and must leave nothing out.

let known = null;

// The captions that are new since the page last looked; they stay until there are others.
export function news(performance, captions) {
  if (known?.performance !== performance) {
    // Who opens the page in the middle is told the newest part, not all that went before.
    const heard = known ? 0 : Math.max(captions.length - 1, 0);
    known = { performance, from: heard, to: heard };
  }
  if (captions.length > known.to) known = { performance, from: known.to, to: captions.length };
  return captions.slice(known.from);
}
