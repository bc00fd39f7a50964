// Says, on an open page, what others have done since it was opened. It stands over a corner of the page: nothing of
// what one reads is moved or replaced, nothing is done to a field. "Show" loads the page anew, at the same place.

import { carry, putBack } from "./carried.js";
import { follow } from "./polling.js";

const KEPT = "alternat-place";
const bar = document.querySelector("[data-news]");
const mark = document.querySelector("[data-news-outdated]");
let seen = null;
let told = "";

const fill = (pieces) => {
  const held = bar.contains(document.activeElement);
  bar.replaceChildren(...pieces);
  if (held) bar.querySelector("[data-news-show]")?.focus();
};

// The buttons with which one decides on the text of this page: what they name is another text by now.
const markButtons = () => {
  const forms = document.querySelectorAll("main .act-bar form:not(:has([name=paragraph])), main form:has([name=face], [name=seen], [name=listing], [name=chosen])");
  for (const form of forms) {
    const button = form.querySelector("button:not([type=button], :disabled, .is-outdated)");
    if (!button) continue;
    button.classList.add("is-outdated");
    button.append(" ", mark.content.firstElementChild.cloneNode(true));
  }
};

const tells = (text) => {
  const piece = new DOMParser().parseFromString(text, "text/html").querySelector("[data-seen]");
  if (!piece) return;
  seen = piece.dataset.seen;
  if (piece.innerHTML === told) return; // one's own acts alone
  told = piece.innerHTML;
  fill(piece.children);
  if ("outdated" in piece.dataset) markButtons();
  if (!document.querySelector("main .is-outdated")) bar.querySelector(".news__outdated")?.remove(); // it speaks of them
};

let line = "";
const says = (word) => {
  if (word === line) return;
  line = word;
  if (!word) { // all is well again: what was told stands there once more
    told = "";
    seen = null;
  }
  const sentence = document.createElement("p");
  sentence.className = "news__line";
  sentence.textContent = word ? bar.dataset[word] : "";
  fill(word ? [sentence] : []);
};

const address = () => {
  const url = new URL(bar.dataset.news, location.href);
  if (seen !== null) url.searchParams.set("seen", seen);
  return url;
};

// What says where one is on the page: the paragraphs of a text; elsewhere, whatever has a name and stays in its place.
const landmarks = () => {
  const rows = [...document.querySelectorAll("main .paragraph-row[id]")];
  if (rows.length > 0) return rows;
  return [...document.querySelectorAll("main [id]")].filter(
    (one) => one.getClientRects().length > 0 && getComputedStyle(one).position !== "sticky");
};

// The place on the page, as what begins first in the window, or began last above it, and how far from the edge.
const keepPlace = (page) => {
  const tops = landmarks().map((one) => ({ id: one.id, top: one.getBoundingClientRect().top }));
  const place = tops.find(({ top }) => top >= 0 && top < innerHeight) ?? tops.findLast(({ top }) => top < 0);
  try {
    if (place) sessionStorage.setItem(KEPT, JSON.stringify({ page, ...place }));
  } catch {
    // storage is full or switched off: the page then begins at its top
  }
};

const taken = () => {
  try {
    const place = sessionStorage.getItem(KEPT);
    sessionStorage.removeItem(KEPT);
    return JSON.parse(place ?? "{}");
  } catch {
    return {};
  }
};

const goBack = () => {
  const { page, id, top } = taken();
  const there = page === location.href && document.getElementById(id);
  if (there) window.scrollBy({ top: there.getBoundingClientRect().top - top, behavior: "instant" });
};

// Got anew, not reloaded: a page that answered a form would have the browser ask whether to send it again.
const show = (page) => {
  keepPlace(page);
  carry(page);
  location.assign(page);
};

if (bar) {
  const page = new URL(bar.dataset.newsPage, location.href).href;
  // Once all scripts have done to the page what they do.
  document.addEventListener("DOMContentLoaded", () => {
    const homeless = putBack(page);
    goBack();
    homeless?.querySelector("textarea").focus();
  });
  follow(address, { tells, says });
  bar.addEventListener("click", (event) => {
    if (event.target.closest("[data-news-later]")) {
      bar.replaceChildren();
      document.getElementById("main").focus({ preventScroll: true });
    }
    if (event.target.closest("[data-news-show]")) show(page);
  });
}
