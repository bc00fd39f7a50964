// Says, on an open page, what others have done since it was opened. It stands over a corner of the page: nothing of
// what one reads is moved or replaced, nothing is done to a field. "Show" loads the page anew, at the same place.

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

// The place on the page, as what is at its top and how far from the edge.
const keepPlace = () => {
  const first = [...document.querySelectorAll("main [id]")].find((one) => one.getBoundingClientRect().bottom > 0);
  if (!first) return;
  history.scrollRestoration = "manual";
  const { top } = first.getBoundingClientRect();
  sessionStorage.setItem(KEPT, JSON.stringify({ page: location.href, id: first.id, top }));
};

const goBack = () => {
  const { page, id, top } = JSON.parse(sessionStorage.getItem(KEPT) ?? "{}");
  sessionStorage.removeItem(KEPT);
  const there = page === location.href && document.getElementById(id);
  if (there) window.scrollBy({ top: there.getBoundingClientRect().top - top, behavior: "instant" });
  if (page) history.scrollRestoration = "auto";
};

if (bar) {
  goBack();
  follow(address, { tells, says });
  bar.addEventListener("click", (event) => {
    if (event.target.closest("[data-news-later]")) {
      bar.replaceChildren();
      document.getElementById("main").focus({ preventScroll: true });
    }
    if (!event.target.closest("[data-news-show]")) return;
    keepPlace();
    location.reload();
  });
}
