// Quotes the words selected in a text: fills in the language, the words, and which of them they are. Without a script
// the same three fields are typed; nothing else is missing.

let chosen = null;

document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const text = textAround(range.startContainer);
  if (!text || text !== textAround(range.endContainer)) return;
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const words = range.toString();
  chosen = { text, words, start: before.toString().length };
  const offer = text.closest("form")?.querySelector("[data-quote]");
  if (offer) offer.hidden = false;
});

document.addEventListener("click", (event) => {
  const offer = event.target.closest?.("[data-quote]");
  const form = offer?.closest("form");
  if (!form || !chosen || !form.contains(chosen.text)) return;
  const starts = places(chosen.text.textContent, chosen.words);
  form.elements.language.value = chosen.text.dataset.quotable;
  form.elements.quoted.value = chosen.words;
  form.elements.which.value = starts.length > 1 ? starts.indexOf(chosen.start) + 1 : "";
  form.elements.quoted.dispatchEvent(new Event("input", { bubbles: true }));
  form.elements.comment.focus();
});

function textAround(node) {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  return element?.closest("[data-quotable]") ?? null;
}

// Every place where the words begin, overlapping ones too: as the server counts them.
function places(text, words) {
  const found = [];
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) found.push(at);
  return found;
}
