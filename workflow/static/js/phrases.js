// Looks up how words stand in the published agreements: those selected in a box, or the word at the caret. Puts into a
// box what a person selected and chose to insert, and nothing else.

const panel = document.querySelector("[data-phrases]");
const form = panel?.closest("form");

if (form) attend();

function attend() {
  const part = (name) => form.querySelector(`[data-phrases-${name}]`);
  const [way, keys, asked, insert, close, lost, found] = ["way", "keys", "asked", "insert", "close", "lost", "found"].map(part);
  let box = form.querySelector("textarea[lang]"); // the one written in last
  let asking;
  let chosen = null; // what is selected in the panel

  const look = async (words) => {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    asked.textContent = words ? `“${words}”` : "";
    panel.hidden = false;
    panel.setAttribute("aria-busy", "true");
    panel.focus();
    try {
      const address = `${panel.dataset.phrases}?${new URLSearchParams({ q: words })}`;
      const answer = await fetch(address, { headers: { "X-Part": "phrases" }, signal, redirect: "error" });
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      found.replaceChildren(...page.body.childNodes);
      lost.hidden = true;
    } catch {
      if (signal.aborted) return;
      found.replaceChildren();
      lost.hidden = false;
    }
    panel.removeAttribute("aria-busy");
  };

  const away = () => {
    panel.hidden = true;
    box?.focus();
  };

  keys.hidden = false;
  form.addEventListener("focusin", ({ target }) => {
    if (target.matches("textarea[lang]")) box = target;
  });
  form.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.altKey && !event.ctrlKey && !event.metaKey && event.code === "KeyP") {
      event.preventDefault(); // on a Mac the key would type a letter
      look(wordsIn(box));
    } else if (event.key === "Escape" && panel.contains(event.target)) away();
  });
  way.addEventListener("click", (event) => {
    event.preventDefault();
    look(wordsIn(box));
  });
  close.addEventListener("click", away);

  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return;
    const around = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest("[data-phrase-text]");
    const range = selection.getRangeAt(0);
    const text = around(range.startContainer);
    if (!text || !panel.contains(text) || text !== around(range.endContainer)) return;
    chosen = { language: text.dataset.phraseText, words: range.toString() };
    insert.disabled = false;
  });
  insert.addEventListener("click", () => {
    const target = chosen && form.elements[chosen.language];
    if (!target) return;
    target.focus();
    // The old command keeps what Undo takes back; where it is gone, the text is set.
    if (!document.execCommand("insertText", false, chosen.words)) {
      target.setRangeText(chosen.words, target.selectionStart, target.selectionEnd, "end");
      target.dispatchEvent(new Event("input", { bubbles: true }));
    }
    chosen = null;
    insert.disabled = true;
  });
}

// What is selected in the box, or the word its caret stands in or behind.
function wordsIn(box) {
  if (!box) return "";
  const { value, selectionStart: start, selectionEnd: end, lang } = box;
  if (start !== end) return value.slice(start, end).trim().slice(0, 200);
  if (!globalThis.Intl?.Segmenter) return "";
  const words = [...new Intl.Segmenter(lang, { granularity: "word" }).segment(value)].filter((one) => one.isWordLike);
  const touches = ({ index, segment }) => index <= start && start <= index + segment.length;
  return (words.find((one) => touches(one) && one.index + one.segment.length > start) ?? words.find(touches))?.segment ?? "";
}
