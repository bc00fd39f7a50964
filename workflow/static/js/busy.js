// Says of a button that was pressed that it works, once that takes longer than a moment, and lets nobody press it twice.
// The press itself is sent as it is: nothing is disabled that the form has to say. A file that is made on the way comes
// without another page; that it is done is told by a cookie that the answer sets, not guessed.

const SOON = 400;
const LONGEST = 10_000; // after that a page that was not left can be sent again
const LONGEST_FILE = 180_000;
const ASKED = 500;

const sent = new WeakMap();

const rest = (button) => {
  const work = sent.get(button);
  if (!work) return;
  clearTimeout(work.soon);
  clearTimeout(work.end);
  button.removeAttribute("aria-busy");
  sent.delete(button);
};

document.addEventListener("submit", (event) => {
  const { target: form, submitter: button } = event;
  if (event.defaultPrevented || !button || form.target === "_blank") return;
  if (sent.has(button)) {
    event.preventDefault();
    return;
  }
  const making = form.querySelector("[data-making]");
  const isFile = making && button.matches("[data-makes]");
  sent.set(button, {
    soon: setTimeout(() => button.setAttribute("aria-busy", "true"), SOON),
    end: setTimeout(rest, isFile ? LONGEST_FILE : LONGEST, button),
  });
  if (isFile) watch(form, button, making);
});

window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted) for (const button of document.querySelectorAll("button[aria-busy]")) rest(button);
});

function watch(form, button, making) {
  const began = Date.now();
  const token = Array.from(crypto.getRandomValues(new Uint8Array(16)), (one) => one.toString(16).padStart(2, "0")).join("");
  form.elements.token.value = token;
  const seconds = () => Math.round((Date.now() - began) / 1000);
  const tell = (what) => {
    making.textContent = making.dataset[what].replace("{seconds}", seconds());
  };
  const timer = setInterval(() => {
    const isMade = document.cookie.split("; ").includes(`made=${token}`);
    if (isMade || !sent.has(button)) clearInterval(timer);
    if (isMade) {
      rest(button);
      tell("made");
      making.dispatchEvent(new CustomEvent("made", { bubbles: true }));
    } else if (!sent.has(button)) making.textContent = "";
    else if (seconds() >= 1 && (!making.textContent || seconds() % 10 === 0)) tell("making"); // read out now and then
  }, ASKED);
}
