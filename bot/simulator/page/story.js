// What a story has told: the page looks only now and then, and must leave nothing out.

let known = null;

// The parts that are told since the page last looked; they stay until there are others.
export function news(performance, parts) {
  if (known?.performance !== performance) {
    // Who opens the page in the middle is told the newest part, not all that went before.
    const heard = known ? 0 : Math.max(parts.length - 1, 0);
    known = { performance, from: heard, to: heard, lines: 0 };
  }
  if (parts.length > known.to) {
    // More may have been typed in the last part before the next one began.
    const grown = known.to > known.from && linesOf(parts[known.to - 1]) > known.lines;
    known.from = grown ? known.to - 1 : known.to;
    known.to = parts.length;
  }
  known.lines = linesOf(parts[known.to - 1]);
  return parts.slice(known.from);
}

function linesOf(part) {
  return part?.typed.length ?? 0;
}
