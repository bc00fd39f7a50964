// Warns before a page is left with text that has been typed and not sent. Works on every form that holds an element
// with `data-unsaved`; without a script nothing is missing but the warning.

const typed = new Set();
const kept = new WeakMap(); // what the server has, where the page has saved by itself

document.addEventListener("input", (event) => {
  if (event.target.matches?.("[data-unsaved]")) {
    const { target } = event;
    if (target.value === (kept.get(target) ?? target.defaultValue)) typed.delete(target);
    else typed.add(target);
  }
});

document.addEventListener("kept", ({ detail }) => {
  for (const [element, value] of detail) {
    kept.set(element, value);
    if (element.value === value) typed.delete(element);
  }
});

document.addEventListener("submit", (event) => {
  for (const element of typed) if (event.target.contains(element)) typed.delete(element);
});

window.addEventListener("beforeunload", (event) => {
  if (typed.size > 0) event.preventDefault();
});
