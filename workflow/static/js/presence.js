// Says, while a draft is open and seen, that it still is, and shows which colleagues have it open. Quiet while the page
// is hidden; the pauses differ by a fifth, so that many open pages do not ask at one instant.

const PAUSE = 20_000;
const place = document.querySelector("[data-presence]");

const show = (sentences) => {
  if ([...place.children].map((one) => one.textContent).join("\n") === sentences.join("\n")) return;
  place.replaceChildren(...sentences.map((sentence) => {
    const line = document.createElement("p");
    line.className = "presence__one";
    line.textContent = sentence;
    return line;
  }));
};

const renew = async () => {
  try {
    const body = new URLSearchParams({ csrf_token: place.dataset.token });
    const answer = await fetch(place.dataset.presence, { method: "POST", body, redirect: "error" });
    if (answer.ok) show((await answer.json()).editing);
    return answer.ok || answer.status >= 500;
  } catch {
    return true; // no line just now: asked again later
  }
};

const wait = () => setTimeout(async () => {
  if (document.visibilityState === "hidden" || (await renew())) wait();
}, PAUSE * (0.8 + 0.4 * Math.random()));

if (place) wait();
