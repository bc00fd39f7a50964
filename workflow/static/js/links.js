// Links to a paragraph that can be copied, and the way back from a paragraph to the text as one was reading it. Without a
// script the links are there all the same, and the way back leads to the paragraph in the whole text.

const sheet = document.querySelector("[data-sheet]");
const said = document.querySelector("[data-said]");

const kept = (name, value) => {
  try {
    return value === undefined ? sessionStorage.getItem(name) : sessionStorage.setItem(name, value);
  } catch {
    return null; // a browser may keep nothing
  }
};

sheet?.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-copied]");
  if (!link || !navigator.clipboard || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault(); // the page stays where one reads
  // Of the whole text: in a view of some paragraphs the one might not be there for somebody else.
  const address = location.origin + location.pathname + link.hash;
  try {
    await navigator.clipboard.writeText(address);
  } catch {
    location.assign(link.hash); // then the address is in the bar, to be copied there
    return;
  }
  said.textContent = link.dataset.copied;
  setTimeout(() => { said.textContent = ""; }, 3000);
});

if (sheet) kept(location.pathname, location.search);
for (const back of document.querySelectorAll(".crumbs a[href*='#p-']")) back.search = kept(back.pathname) ?? "";

const wanted = location.hash.slice(1);
if (location.search && wanted.startsWith("p-") && !document.getElementById(wanted)) {
  location.replace(location.pathname + location.hash); // not among what is shown: in the whole text it is
}
