// Follows what is put on the table: shows it in place of what lay there before, wherever the page is projected. When it
// cannot, what is there stays there, with a word at the foot: the room must not take it for what stands now.

import { follow } from "./polling.js";

const SEEN = 4_000; // how long the way back stays after the pointer was moved

const view = document.querySelector("[data-table-view]");
const line = document.querySelector("[data-table-line]");

const address = () => {
  const url = new URL(view.dataset.tableView, location.href);
  url.searchParams.set("seen", view.dataset.seen);
  return url;
};

const tells = (text) => {
  const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("[data-table-view]");
  if (!fresh) return;
  view.dataset.seen = fresh.dataset.seen;
  if (view.innerHTML === fresh.innerHTML) return; // something was done elsewhere
  view.replaceChildren(...fresh.childNodes);
};

let followed = new Date();
const says = (word) => {
  if (!word) {
    followed = new Date();
    line.textContent = "";
  } else if (!line.textContent) {
    const time = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" }).format(followed);
    line.textContent = line.dataset.tableLine.replace("{time}", time);
  }
};

const leave = document.querySelector("[data-table-leave]");
let hiding;
const showLeave = () => {
  clearTimeout(hiding);
  leave.classList.add("skip--shown");
  hiding = setTimeout(() => leave.classList.remove("skip--shown"), SEEN);
};

if (view) {
  follow(address, { tells, says });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave.click();
  });
  document.addEventListener("pointermove", showLeave);
}
