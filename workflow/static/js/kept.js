// Keeps in this tab, and nowhere else, what was typed and has not reached the server, so that neither a crash nor a
// session that ended loses it. Belongs to one account and one form; goes when the server has the text, when its author
// signs out, when somebody else signs in, and after half a day. Nothing is put back but by a person.

const PREFIX = "typed:";
const LONGEST = 12 * 60 * 60 * 1000;
const PAUSE = 200;

const { account = "" } = document.body.dataset;
const mine = `${PREFIX}${account}:`;
const form = document.querySelector("form[data-kept]");
const key = form && `${mine}${form.dataset.kept}`;

const all = () => {
  try {
    return Object.keys(sessionStorage).filter((one) => one.startsWith(PREFIX));
  } catch {
    return []; // storage is switched off: the page warns before it is left, and that is all
  }
};

const read = (name) => {
  try {
    return JSON.parse(sessionStorage.getItem(name));
  } catch {
    return null;
  }
};

const isOld = (entry) => !entry || Date.now() - entry.at > LONGEST;

for (const name of all()) {
  const isAnothers = account !== "" && !name.startsWith(mine);
  if (isAnothers || isOld(read(name))) sessionStorage.removeItem(name);
}

let isLeaving = false; // signing out: the page that goes away then keeps nothing either

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-sign-out]")) return;
  isLeaving = true;
  for (const name of all()) sessionStorage.removeItem(name);
});

if (form) attend();

function attend() {
  const fields = [...form.elements].filter((one) => one.matches("[data-unsaved]") && one.name);
  const madeFrom = form.elements.version ?? form.elements.base;
  const offer = form.querySelector("[data-kept-offer]");
  const says = form.querySelector("[data-kept-says]");
  const isEcho = form.hasAttribute("data-echo"); // what stands in it is what was typed, and not what is saved
  const saved = new Map(fields.map((one) => [one, isEcho ? null : one.defaultValue]));
  let timer;

  const unsaved = () => fields.filter((one) => one.value !== saved.get(one));

  const keep = () => {
    clearTimeout(timer);
    if (isLeaving || !offer.hidden) return; // what is offered is not written over before it is answered
    const changed = unsaved();
    if (changed.length === 0) return forget();
    const texts = Object.fromEntries(changed.map((one) => [one.name, one.value]));
    try {
      sessionStorage.setItem(key, JSON.stringify({ at: Date.now(), from: madeFrom?.value ?? "", texts }));
      says.hidden = false;
    } catch {
      // storage is full or switched off
    }
  };

  const forget = () => {
    sessionStorage.removeItem(key);
    says.hidden = true;
  };

  const named = (name) => fields.find((one) => one.name === name);
  const isSaved = ({ texts }) =>
    Object.values(texts).some((text) => text.trim()) && // what was emptied says nothing of which form it was
    Object.entries(texts).every(([name, text]) => named(name) && saved.get(named(name)) === text);

  // A form that was taken leads to a page that holds what it said: whatever that is, it need not be kept.
  for (const name of all()) if (!isEcho && isSaved(read(name))) sessionStorage.removeItem(name);

  const entry = read(key);
  if (entry && !isEcho && Object.entries(entry.texts).some(([name, text]) => named(name)?.value !== text)) {
    const title = offer.querySelector("[data-kept-words]");
    const at = new Date(entry.at);
    const isToday = at.toDateString() === new Date().toDateString();
    const time = new Intl.DateTimeFormat(document.documentElement.lang, {
      ...(isToday ? {} : { year: "numeric", month: "short", day: "numeric" }),
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
      timeZoneName: "long", // this machine's clock: the page's other moments are of other zones
    }).format(at);
    title.textContent = title.dataset.keptWords.replace("{time}", time);
    offer.hidden = false;
  }

  offer.querySelector("[data-kept-restore]").addEventListener("click", () => {
    const { from, texts } = read(key);
    offer.hidden = true;
    if (madeFrom) madeFrom.value = from; // whoever saved meanwhile is not written over: both texts are compared
    for (const [name, text] of Object.entries(texts)) {
      const field = named(name);
      if (!field) continue;
      field.focus();
      field.select();
      // As if it were typed, so that Undo brings back what was typed in its place meanwhile.
      if (document.execCommand(text ? "insertText" : "delete", false, text)) continue;
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    fields[0]?.focus();
  });
  offer.querySelector("[data-kept-discard]").addEventListener("click", () => {
    offer.hidden = true;
    forget();
    keep();
    fields[0]?.focus();
  });

  form.addEventListener("input", (event) => {
    if (event.isComposing || !fields.includes(event.target)) return;
    isLeaving = false; // asked whether to leave, its author stayed
    clearTimeout(timer);
    timer = setTimeout(keep, PAUSE);
  });
  form.addEventListener("compositionend", keep);
  form.addEventListener("submit", keep);
  form.addEventListener("kept", ({ detail }) => {
    for (const [element, value] of detail) saved.set(element, value);
    keep();
  });
  window.addEventListener("pagehide", keep);
}
