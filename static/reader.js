// Keys, focus and copying. What is lit lives in the address and is rendered by the server:
// nothing here knows it.
"use strict";

const isTyping = (element) => element.closest("input, textarea, select, [contenteditable]");

function neighbour(all, at, by) {
  return all[at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length];
}

function step(by) {
  const lit = [...document.querySelectorAll(".text a.lit:not([tabindex])")];
  if (!lit.length) return stepHit(by);
  const next = neighbour(lit, lit.indexOf(document.activeElement), by);
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "center" });
}

// Which hit is the current one is in the address, too: #hit-2.
function stepHit(by) {
  const hits = [...document.querySelectorAll(".text mark[id]")];
  if (!hits.length) return;
  const at = hits.findIndex((hit) => hit.matches(":target"));
  const next = neighbour(hits, at, by);
  location.replace(`#${next.id}`);
  next.scrollIntoView({ block: "center" });
  const live = document.getElementById("live");
  live.textContent = `Hit ${hits.indexOf(next) + 1} of ${hits.length}: ${next.textContent}`;
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
  const link = event.target.closest("[data-step]");
  if (!link) return;
  event.preventDefault();
  stepHit(Number(link.dataset.step));
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  const text = document.getElementById(button.dataset.copies).textContent.trim();
  navigator.clipboard.writeText(text).then(() => {
    button.textContent = "Copied";
  });
});

// Suggestions below the search box: the arrow keys move through their links.
const box = document.getElementById("q");
const suggestions = () => document.getElementById("suggestions");
let dismissed = null;

// What was dismissed stays so until one types on, also when its answer is still on the way.
function dismiss() {
  dismissed = box.value;
  suggestions().hidden = true;
}

function moved(key) {
  const stops = [box, ...suggestions().querySelectorAll("a")];
  const at = stops.indexOf(document.activeElement);
  const next = stops[at + (key === "ArrowDown" ? 1 : -1)];
  if (at < 0 || !next || suggestions().hidden) return false;
  next.focus();
  return true;
}

box.form.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  const inList = suggestions().contains(event.target);
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (moved(event.key)) event.preventDefault();
  } else if (event.key === "Escape" && !suggestions().hidden) {
    box.focus();
    dismiss();
    event.preventDefault();
  } else if (inList && (event.key.length === 1 || event.key === "Backspace")) box.focus();
  if (inList) event.stopPropagation();
});

box.form.addEventListener("focusout", (event) => {
  if (!box.form.contains(event.relatedTarget)) dismiss();
});
box.form.addEventListener("submit", dismiss);
// Some browsers take the focus off the box without giving it to a link that is pressed.
box.form.addEventListener("mousedown", (event) => {
  if (event.target.closest("#suggestions")) event.preventDefault();
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const late = dismissed === box.value || document.activeElement !== box;
  if (event.detail.target.id === "suggestions" && late) event.detail.shouldSwap = false;
});

// What is typed into a correction and not kept would be lost by saving all, or by going elsewhere.
let sent = null;
document.addEventListener("submit", (event) => {
  sent = event.target;
});
window.addEventListener("beforeunload", (event) => {
  const fields = [...document.querySelectorAll(".drafts .sheet :is(input, textarea)")];
  const isLost = (field) => field.form !== sent && field.value !== field.defaultValue;
  if (fields.some(isLost)) event.preventDefault();
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
