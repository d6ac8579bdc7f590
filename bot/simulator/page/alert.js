// The line that tells what could not be done, and goes away by itself.

const SECONDS = 8;

const line = document.getElementById("alert");
let end = 0;

export function tell(said) {
  line.textContent = said;
  clearTimeout(end);
  end = setTimeout(() => { line.textContent = ""; }, SECONDS * 1000);
}
