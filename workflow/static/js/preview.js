// Shows what is being typed as the other side would see it, a moment after the last key. The server works it out, with
// what it shows everybody, and keeps nothing. It never acts while an input method composes, and writes into no field.

const PAUSE = 350;

const place = document.querySelector("[data-preview]");
const form = place?.closest("form");
const shown = place?.querySelector("[data-preview-text]");
const lost = place?.querySelector("[data-preview-lost]");

let timer;
let asking;
let last = "";

const show = async (answer) => {
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  shown.replaceChildren(...page.body.childNodes);
  place.hidden = false;
};

async function renew() {
  const body = new URLSearchParams(new FormData(form));
  asking?.abort(); // an answer to what was typed before must not come late
  if (body.toString() === last) return;
  asking = new AbortController();
  const { signal } = asking;
  try {
    const headers = { "X-Part": "preview" };
    const answer = await fetch(place.dataset.preview, { method: "POST", body, headers, signal, redirect: "error" });
    const good = answer.ok || answer.status === 422;
    if (good) await show(answer);
    if (good) last = body.toString();
    lost.hidden = good;
    if (!good) place.hidden = false;
  } catch {
    if (!signal.aborted) lost.hidden = place.hidden = false;
  }
}

const later = () => {
  clearTimeout(timer);
  timer = setTimeout(renew, PAUSE);
};

if (form) {
  for (const button of form.querySelectorAll("[data-preview-button]")) button.hidden = true;
  form.addEventListener("input", (event) => {
    if (!event.isComposing) later();
  });
  form.addEventListener("compositionstart", () => clearTimeout(timer));
  form.addEventListener("compositionend", later);
  document.addEventListener("submit", () => {
    clearTimeout(timer); // the page goes away: nothing is asked any more, least of all by who signs out
    asking?.abort();
  });
}
