// Follows what is put on the table: shows it in place of what lay there before, wherever the page is projected.

import { follow } from "./polling.js";

const view = document.querySelector("[data-table-view]");

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

// The room is told nothing of the line: what is there stays there until it can be followed again.
const says = () => {};

if (view) {
  follow(address, { tells, says });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") document.querySelector("[data-table-leave]").click();
  });
}
