// Says that a draft was opened, and of which version, then, while it is seen, that it still is; shows which colleagues
// have it open. Quiet while the page is hidden; the pauses differ by a fifth, so that many open pages do not ask at one
// instant.

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

let opened = false; // once the server has heard of it

const renew = async () => {
  try {
    const body = new URLSearchParams({ csrf_token: place.dataset.token });
    if (!opened) body.set("version", place.dataset.version);
    const answer = await fetch(place.dataset.presence, { method: "POST", body, redirect: "error" });
    if (answer.ok) {
      opened = true;
      show((await answer.json()).editing);
    }
    return answer.ok || answer.status >= 500;
  } catch {
    return true; // no line just now: asked again later
  }
};

const tell = async () => {
  if (document.visibilityState === "hidden" || (await renew())) setTimeout(tell, PAUSE * (0.8 + 0.4 * Math.random()));
};

if (place) tell();
