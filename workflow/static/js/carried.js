// Carries what was typed and not sent over to the page that "Show" gets anew: it stands in its boxes again at once, for
// whoever pressed "Show" had no mind to throw it away. What has no box there any more is shown by itself, until its
// author discards it. It is kept as `kept.js` keeps things: in this tab, for one account.

import { mine, read, write } from "./kept.js";

const BOXES = "main form[method=post] :is(textarea, select, input:not([type=hidden], [type=checkbox], [type=radio]))";

const named = (page) => `${mine}carried:${page}`;

// Which box it is: never one that another side reads for what was meant for one's own.
const nameOf = (box) => [new URL(box.form.action).pathname, box.form.elements.scope?.value ?? "", box.id].join(" ");

const initial = (box) =>
  box.matches("select") ? ([...box.options].find((one) => one.defaultSelected) ?? box.options[0])?.value : box.defaultValue;

// What a form that was not taken says is what was typed into it.
const isTyped = (box, isAnswer) => (isAnswer ? box.value.trim() !== "" : box.value !== initial(box));

// For `page`; the browser asks of nothing that is carried whether it may go.
export const carry = (page) => {
  const isAnswer = new URL(page).pathname !== location.pathname;
  const boxes = [...document.querySelectorAll(BOXES)].filter((one) => isTyped(one, isAnswer));
  const fresh = boxes.map((one) => ({ at: Date.now(), name: nameOf(one), label: one.labels[0]?.textContent ?? "", text: one.value }));
  try {
    write(named(page), [...fresh, ...read(named(page))]);
  } catch {
    return; // storage is full or switched off: the browser asks
  }
  document.dispatchEvent(new CustomEvent("kept", { detail: boxes.map((one) => [one, one.value]) }));
};

const fill = (box, text) => {
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  for (let fold = box.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
};

const showHomeless = (page, entries) => {
  const shown = document.querySelector("[data-carried-homeless]").content.firstElementChild.cloneNode(true);
  const field = shown.querySelector(".field");
  field.replaceWith(...entries.map(({ label, text }) => {
    const one = field.cloneNode(true);
    one.querySelector("span").textContent = label;
    one.querySelector("textarea").value = text;
    return one;
  }));
  shown.querySelector("[data-carried-discard]").addEventListener("click", () => {
    write(named(page), []);
    shown.remove();
    document.getElementById("main").focus();
  });
  document.getElementById("main").prepend(shown);
  return shown;
};

// Gives the part of the page that shows what has no box any more, if anything has none.
export const putBack = (page) => {
  if (page !== location.href.split("#")[0]) return null;
  const boxes = new Map([...document.querySelectorAll(BOXES)].map((one) => [nameOf(one), one]));
  const homeless = [];
  for (const entry of read(named(page))) {
    const box = boxes.get(entry.name);
    if (box && box.value === initial(box)) fill(box, entry.text);
    else if (!box?.matches("select") && entry.text.trim()) homeless.push(entry);
  }
  write(named(page), homeless);
  return homeless.length > 0 ? showHomeless(page, homeless) : null;
};
