// Asks the server, again and again while the page is seen, whether there is anything new. An answer without content
// costs it next to nothing. The pauses differ by a fifth, so that many open pages do not ask at one instant; nothing is
// held open, so that proxies have nothing to cut. Hidden pages do not ask; one that is seen again does so at once.

const PAUSE = 1_500;
const LONG = 30_000;
const PATIENCE = 10_000;
const FAILURES = 3; // so many in a row are worth a word

// address() says where to ask; tells(text) takes what is new; says(word) is told how the line is: "lost", "signedOut",
// "gone", or "" when all is well.
export const follow = (address, { tells, says }) => {
  let timer;
  let asking = false;
  let over = false;
  let failures = 0;

  const later = (pause) => {
    clearTimeout(timer);
    if (!over && document.visibilityState === "visible") timer = setTimeout(ask, pause * (0.8 + 0.4 * Math.random()));
  };

  const failed = (answer) => {
    failures += 1;
    if (failures >= FAILURES) says("lost");
    const told = Number(answer?.headers.get("Retry-After")) * 1_000 || 0;
    later(Math.max(told, Math.min(PAUSE * 2 ** failures, LONG)));
  };

  const take = async (answer) => {
    if (answer.type === "opaqueredirect" || answer.status === 401) { // led to the page where one signs in
      says("signedOut");
      later(LONG);
    } else if ([403, 404, 410].includes(answer.status)) {
      over = true;
      says("gone");
    } else if (answer.ok) {
      failures = 0;
      says("");
      if (answer.status !== 204) tells(await answer.text());
      later(PAUSE);
    } else failed(answer);
  };

  async function ask() {
    clearTimeout(timer);
    if (asking || over) return;
    asking = true;
    try {
      await take(await fetch(address(), { redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) }));
    } catch {
      failed();
    } finally {
      asking = false;
    }
  }

  document.addEventListener("visibilitychange", () => {
    clearTimeout(timer);
    if (document.visibilityState === "visible") ask();
  });
  window.addEventListener("online", ask);
  later(PAUSE);
};
