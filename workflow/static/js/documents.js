// The page of a text's documents: of the choices it shows those that go with the document and the kind of file chosen,
// and sends no others; and the list of what was made has what was just made, without loading the page anew.

const form = document.querySelector("form[data-fits]");
const fits = JSON.parse(form.dataset.fits);
const some = [...Object.values(fits.kind), ...Object.values(fits.form)].flatMap(({ without }) => without);

const show = (part, isShown) => {
  part.hidden = !isShown;
  for (const one of [part, ...part.querySelectorAll("input, select")]) if ("disabled" in one) one.disabled = !isShown;
};

const adapt = () => {
  const { kind, form: file, layout } = form.elements;
  const ofKind = fits.kind[kind.value];
  if (!ofKind) return;
  for (const one of form.querySelectorAll("[name=form]")) show(one.closest(".field__choice"), ofKind.form.includes(one.value));
  if (!ofKind.form.includes(file.value)) file.value = ofKind.form[0];
  const ofFile = fits.form[file.value];
  for (const one of layout.options) show(one, !one.value || ofFile.layout.includes(one.value));
  if (layout.selectedOptions[0]?.disabled) layout.value = "";
  for (const name of new Set(some)) {
    const field = form.querySelector(`[name="${name}"]`)?.closest(".field");
    if (field) show(field, ![...ofKind.without, ...ofFile.without].includes(name));
  }
};

const list = async () => {
  const answer = await fetch(form.action);
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.querySelector("#made").replaceWith(page.querySelector("#made"));
};

adapt();
form.addEventListener("change", adapt);
form.addEventListener("made", () => list().catch(() => {})); // the file has come; the list can wait for the next page
window.addEventListener("pageshow", adapt); // the browser may have put back what was chosen before
