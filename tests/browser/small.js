// What is too small to be hit with a thumb. A link within a sentence may be lower.
(least) => [...document.querySelectorAll("button:not(.link), a, input, select, summary")]
  .map((node) => [node.getAttribute("aria-label") || node.textContent.trim(), node.getBoundingClientRect()])
  .filter(([, box]) => box.width && box.right > 0 && (box.height < least || box.width < least))
  .map(([name, box]) => `${name}: ${box.width} x ${box.height}`)
