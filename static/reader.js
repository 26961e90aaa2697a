// Keys, focus and copying. What is lit lives in the address and is rendered by the server:
// nothing here knows it.
"use strict";

const isTyping = (element) => element.closest("input, textarea, select, [contenteditable]");

function step(by) {
  const lit = [...document.querySelectorAll(".text a.lit:not([tabindex])")];
  if (!lit.length) return;
  const at = lit.indexOf(document.activeElement);
  const next = lit[at < 0 ? (by > 0 ? 0 : lit.length - 1) : (at + by + lit.length) % lit.length];
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "center" });
}

function act(key) {
  if (key === "n" || key === "p") {
    step(key === "n" ? 1 : -1);
    return true;
  }
  const target = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!target) return false;
  if (target.matches("input")) target.select();
  else target.click();
  return true;
}

document.addEventListener("keydown", (event) => {
  const off = document.body.dataset.keys === "off";
  if (off || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (isTyping(event.target)) return;
  if (act(event.key)) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  const text = document.getElementById(button.dataset.copies).textContent.trim();
  navigator.clipboard.writeText(text).then(() => {
    button.textContent = "Copied";
  });
});

// The button is of no use without a clipboard, so it is hidden until there is one.
function offerCopying() {
  if (!navigator.clipboard) return;
  for (const button of document.querySelectorAll("[data-copies]")) button.hidden = false;
}

const offline = (isOffline) => {
  document.getElementById("offline").hidden = !isOffline;
};

document.addEventListener("DOMContentLoaded", offerCopying);
document.addEventListener("htmx:afterSettle", offerCopying);
document.addEventListener("htmx:sendError", () => offline(true));
document.addEventListener("htmx:afterOnLoad", () => offline(false));
