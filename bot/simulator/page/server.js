// Talks to the simulator. Every refusal is shown to the person who asked.

let onRefusal = () => {};

export function whenRefused(show) {
  onRefusal = show;
}

export async function get(path) {
  const answer = await fetch(path);
  return answer.json();
}

export async function post(path, body = {}) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const said = await answer.json();
  if (said.error) onRefusal(said.error);
  return said;
}

export function phone(key, action, body) {
  return post(`/sim/phones/${encodeURIComponent(key)}/${action}`, body);
}

// Calls back at once and after every change; a new connection is made when one is lost.
export function listen(onChange, onLost) {
  const events = new EventSource("/sim/events");
  events.onmessage = onChange;
  events.onerror = onLost;
}
