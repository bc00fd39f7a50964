// Keeps in this tab, and nowhere else, what was typed and has not reached the server, so that neither a crash nor a
// session that ended loses it. Belongs to one account and one form; goes when the server has the text, when its author
// signs out, when somebody else signs in, and after half a day. Nothing is put back but by a person, and nothing typed
// gives way to what is put back: the one is kept in the other's place.

const PREFIX = "typed:";
const LONGEST = 12 * 60 * 60 * 1000;
const PAUSE = 200;

const { account = "" } = document.body.dataset;
export const mine = `${PREFIX}${account}:`;
const form = document.querySelector("form[data-kept]");
const key = form && `${mine}${form.dataset.kept}`;

const all = () => {
  try {
    return Object.keys(sessionStorage).filter((one) => one.startsWith(PREFIX));
  } catch {
    return []; // storage is switched off: the page warns before it is left, and that is all
  }
};

// What is kept under a name, the latest first.
export const read = (name) => {
  try {
    const entries = [JSON.parse(sessionStorage.getItem(name)) ?? []].flat();
    return entries.filter(({ at }) => Date.now() - at <= LONGEST);
  } catch {
    return [];
  }
};

// Fails where storage is full or switched off.
export const write = (name, entries) => {
  if (entries.length > 0) sessionStorage.setItem(name, JSON.stringify(entries));
  else sessionStorage.removeItem(name);
};

for (const name of all()) {
  const isAnothers = account !== "" && !name.startsWith(mine);
  write(name, isAnothers ? [] : read(name));
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
  const warning = form.querySelector("[data-kept-replaces]");
  const says = form.querySelector("[data-kept-says]");
  const isEcho = form.hasAttribute("data-echo"); // what stands in it is what was typed, and not what is saved
  const saved = new Map(fields.map((one) => [one, isEcho ? null : one.defaultValue]));
  const versions = [madeFrom?.value]; // what this page was made from, then what it saved itself
  let lastKey = Date.now();
  let timer;

  const named = (name) => fields.find((one) => one.name === name);
  const entryOf = (those, more) => ({
    at: lastKey,
    from: madeFrom?.value ?? "",
    texts: Object.fromEntries(those.map((one) => [one.name, one.value])),
    ...more,
  });
  const isSaved = ({ texts = {} }) =>
    Object.values(texts).some((text) => text.trim()) && // what was emptied says nothing of which form it was
    Object.entries(texts).every(([name, text]) => named(name) && saved.get(named(name)) === text);
  const stands = ({ texts }) => Object.entries(texts).every(([name, text]) => named(name)?.value === text);
  // What was written on this page and would have to give way to an entry.
  const replacedBy = ({ texts }) =>
    Object.keys(texts).map(named).filter((one) => one && one.value !== one.defaultValue && one.value !== texts[one.name]);

  // A form that was taken leads to a page that holds what it said: whatever that is, it need not be kept.
  if (!isEcho) for (const name of all()) write(name, read(name).filter((one) => !isSaved(one)));

  // What is offered, the latest first. What the form that is shown again was sent with stands in it, or was merged.
  let offered = read(key).filter((one) => !stands(one) && !(isEcho && one.isInForm)).map((one) => ({ ...one, isInForm: false }));

  const keep = () => {
    clearTimeout(timer);
    if (isLeaving) return;
    const unsaved = fields.filter((one) => one.value !== saved.get(one));
    const entries = [...(unsaved.length > 0 ? [entryOf(unsaved, { isInForm: true })] : []), ...offered];
    try {
      write(key, entries);
      says.hidden = entries.length === 0;
    } catch {
      // storage is full or switched off
    }
  };

  const timeOf = ({ at }) => {
    const isToday = new Date(at).toDateString() === new Date().toDateString();
    return new Intl.DateTimeFormat(document.documentElement.lang, {
      ...(isToday ? {} : { year: "numeric", month: "short", day: "numeric" }),
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
      timeZoneName: "long", // this machine's clock: the page's other moments are of other zones
    }).format(at);
  };

  const show = () => {
    const [entry] = offered;
    offer.hidden = !entry;
    if (!entry) return;
    const title = offer.querySelector("[data-kept-words]");
    const { keptWords, keptReplaced } = title.dataset;
    title.textContent = (entry.isReplaced ? keptReplaced : keptWords).replace("{time}", timeOf(entry));
    warning.hidden = replacedBy(entry).length === 0;
  };

  const putBack = ({ from, texts }) => {
    // Whoever saved meanwhile is not written over: both texts are compared. What this page saved is nobody else's.
    if (madeFrom) madeFrom.value = versions.includes(from) ? versions.at(-1) : from;
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
  };

  offer.querySelector("[data-kept-restore]").addEventListener("click", () => {
    const [entry, ...others] = offered;
    const replaced = replacedBy(entry);
    offered = replaced.length > 0 ? [entryOf(replaced, { isReplaced: true }), ...others] : others;
    putBack(entry);
    show();
    keep();
    fields[0]?.focus();
  });
  offer.querySelector("[data-kept-discard]").addEventListener("click", () => {
    offered = offered.slice(1);
    show();
    keep();
    fields[0]?.focus();
  });

  form.addEventListener("input", (event) => {
    if (event.isComposing || !fields.includes(event.target)) return;
    isLeaving = false; // asked whether to leave, its author stayed
    lastKey = Date.now();
    clearTimeout(timer);
    timer = setTimeout(() => {
      show();
      keep();
    }, PAUSE);
  });
  form.addEventListener("compositionend", keep);
  form.addEventListener("submit", keep);
  form.addEventListener("kept", ({ detail }) => {
    for (const [element, value] of detail) saved.set(element, value);
    if (madeFrom) versions.push(madeFrom.value);
    keep();
  });
  window.addEventListener("pagehide", keep);
  show();
}
