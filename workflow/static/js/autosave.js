// Saves what is typed into a draft without being asked: two seconds after the last key, on leaving a field, and when the
// page is hidden. It never writes into a field, and never acts while an input method composes. When a colleague has
// saved, the draft was closed, or the session has ended, it stops and says so: the text stays in the page.

const PAUSE = 2_000;
const AGAIN = 10_000;
const LONGEST = 20_000; // between two saves, however long one goes on typing without a pause
const SMALL = 60_000; // bytes that a browser still sends for a page that goes away

const note = document.querySelector("[data-autosave]");
const form = note?.closest("form");

let composing = false;
let changed = false;
let sending = false;
let stopped = false;
let pressed = null; // the button that was pressed while the page was saving by itself
let timer;
let since = 0; // when the first key was pressed that is not saved

const says = (what) => {
  note.textContent = note.dataset[what];
};

const stop = (why) => {
  stopped = true;
  clearTimeout(timer);
  note.classList.add("autosave--stopped");
  says(why);
};

const later = (pause) => {
  clearTimeout(timer);
  since ||= Date.now();
  timer = setTimeout(save, pause);
};

const take = async (answer, texts) => {
  if (answer.ok) {
    const saved = await answer.json();
    form.elements.version.value = saved.version;
    note.textContent = saved.says;
    form.dispatchEvent(new CustomEvent("kept", { bubbles: true, detail: texts }));
    for (const shown of document.querySelectorAll("[data-outdated]")) shown.hidden = false;
  } else if (answer.status === 409) stop((await answer.json()).why);
  else if ([400, 401].includes(answer.status)) stop("expired");
  else if ([403, 404].includes(answer.status)) stop("refused");
  else if (answer.status === 422) says("wrong");
  else {
    changed = true;
    says("lost");
    later(AGAIN);
  }
};

async function save() {
  if (stopped || composing || sending || !changed) return;
  clearTimeout(timer);
  const body = new URLSearchParams(new FormData(form));
  const texts = new Map([...form.elements].filter((one) => one.matches("textarea")).map((one) => [one, one.value]));
  changed = false;
  since = 0;
  sending = true;
  try {
    const keepalive = new Blob([body.toString()]).size < SMALL;
    await take(await fetch(note.dataset.autosave, { method: "POST", body, keepalive, redirect: "error" }), texts);
  } catch {
    changed = true;
    says("lost");
    later(AGAIN);
  } finally {
    sending = false;
    if (pressed) form.requestSubmit(pressed);
    else if (changed && !stopped) later(note.textContent === note.dataset.lost ? AGAIN : PAUSE);
  }
}

if (form) {
  form.addEventListener("compositionstart", () => {
    composing = true;
  });
  form.addEventListener("compositionend", () => {
    composing = false;
    if (changed) later(PAUSE);
  });
  form.addEventListener("input", (event) => {
    if (stopped) return;
    if (event.target.name === "other_stands") { // recorded as an act of its own: only by hand
      says("byhand");
      return;
    }
    if (!event.target.matches("textarea, [name=is_severable]")) return;
    changed = true;
    if (!sending) says("waiting");
    if (!event.isComposing) later(Math.max(0, Math.min(PAUSE, (since || Date.now()) + LONGEST - Date.now())));
  });
  form.addEventListener("focusout", (event) => {
    if (!event.relatedTarget?.matches("button")) save(); // a button is pressed: the form is about to be sent
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (sending) { // the form must carry the version that this makes
      event.preventDefault();
      pressed = event.submitter;
    } else stopped = true;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
  window.addEventListener("online", save);
}
