// Warns before a page is left with text that has been typed and not sent. Works on every form that holds an element
// with `data-unsaved`; without a script nothing is missing but the warning.

const typed = new Set();

document.addEventListener("input", (event) => {
  if (event.target.matches?.("[data-unsaved]")) {
    const { target } = event;
    if (target.value === target.defaultValue) typed.delete(target);
    else typed.add(target);
  }
});

document.addEventListener("submit", (event) => {
  for (const element of typed) if (event.target.contains(element)) typed.delete(element);
});

window.addEventListener("beforeunload", (event) => {
  if (typed.size > 0) event.preventDefault();
});
