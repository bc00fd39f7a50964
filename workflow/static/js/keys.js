// Keys of one letter from paragraph to paragraph, and what they are. They only follow links that are on the page, are
// silent while one types, and can be switched off for good in this browser.

const sheet = document.querySelector("[data-sheet]");
const dialog = document.querySelector("[data-keys]");
const onOff = dialog.querySelector("[data-keys-switch]");
const row = (element) => element.closest(".paragraph-row, .section-title, .difference-row");
// The head of a section stays in sight when its place has gone by: its place is where the section begins.
const place = (element) =>
  (element.closest(".section-title") && element.closest(".sheet__section")) || row(element);
// How high such a head is: what stands behind it is not in sight. The style sheet says so, in the reader's own size.
const head = (element) => Math.floor(parseFloat(getComputedStyle(row(element)).scrollMarginTop));

try {
  onOff.checked = localStorage.getItem("keys") !== "off";
} catch {
  // a browser may keep nothing: what is chosen then holds until the page is left
}

const stepOnSheet = (by) => {
  const all = [...sheet.querySelectorAll("[data-step]")];
  const here = row(document.activeElement);
  let at = all.findIndex((one) => here && row(one) === here);
  if (at < 0) {
    const below = all.findIndex((one) => place(one).getBoundingClientRect().top >= head(one));
    at = (below < 0 ? all.length : below) - (by > 0 ? 1 : 0);
  }
  const to = all[at + by];
  if (!to) return;
  to.focus({ preventScroll: true, focusVisible: true });
  const { top, height } = place(to).getBoundingClientRect();
  if (top < head(to) || top + Math.min(height, innerHeight / 2) > innerHeight) place(to).scrollIntoView();
};

const step = (by) => {
  if (sheet) stepOnSheet(by);
  else document.querySelector(by > 0 ? ".pager a[rel=next]" : ".pager a[rel=prev]")?.click();
};

const acts = { j: () => step(1), k: () => step(-1), "?": () => dialog.showModal() };

document.addEventListener("keydown", (event) => {
  const { key, isComposing, ctrlKey, metaKey, altKey, target } = event;
  if (!onOff.checked || !Object.hasOwn(acts, key) || isComposing || ctrlKey || metaKey || altKey) return;
  if (dialog.open || event.defaultPrevented || target.closest?.("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  acts[key]();
});

for (const button of document.querySelectorAll("[data-keys-button]")) {
  button.hidden = false;
  button.addEventListener("click", acts["?"]);
}

dialog.querySelector("[data-keys-close]").addEventListener("click", () => dialog.close());

onOff.addEventListener("change", () => {
  try {
    localStorage.setItem("keys", onOff.checked ? "on" : "off");
  } catch {
    // as above
  }
});
