// Where a chat stands open: at the first message that has not been seen yet.

const NEAR_THE_END = 120;
const GAP = 8;

export class Place {
  constructor(log) {
    this.log = log;
    this.atEnd = true;
    this.unseen = null;
    this.newest = 0;
    log.addEventListener("scroll", () => { this.atEnd = this.nearTheEnd(); });
    // A keyboard that comes up must not cover the newest message; and what came while
    // the chat was out of sight is opened now.
    new ResizeObserver(() => this.settle()).observe(log);
  }

  // Lets the messages change; who reads further up stays there, unless there is news.
  keep(change) {
    const close = this.nearTheEnd();
    change();
    const added = [...this.log.querySelectorAll(".bubble")].filter((node) => number(node) > this.newest);
    if (added.length) {
      // What a person has written or answered was seen; what comes after it is news.
      const own = added.findLastIndex((node) => node.matches(".person, .edited"));
      if (own >= 0) this.unseen = null;
      this.unseen ??= number(added[Math.min(own + 1, added.length - 1)]);
      this.newest = number(added.at(-1));
      this.settle();
    } else if (close) {
      this.toTheEnd();
    }
  }

  settle() {
    if (!this.log.clientHeight) return;
    const message = this.log.querySelector(`[data-key="bubble-${this.unseen}"]`);
    if (message) this.open(message);
    else if (this.atEnd) this.toTheEnd();
    this.unseen = null;
  }

  // A long message opens at its top; what fits is seen with all that comes after it.
  open(message) {
    this.log.scrollTop += message.getBoundingClientRect().top - this.log.getBoundingClientRect().top - GAP;
    this.atEnd = this.nearTheEnd();
  }

  toTheEnd() {
    this.log.scrollTop = this.log.scrollHeight;
  }

  nearTheEnd() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR_THE_END;
  }
}

function number(bubble) {
  return Number(bubble.dataset.key.replace("bubble-", ""));
}
