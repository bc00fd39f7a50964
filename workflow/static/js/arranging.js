// Lets a row of the outline be dragged onto another: a draft is put there at once, for a tabled paragraph the form that
// proposes it is opened with the place filled in. The buttons and lists do the same without a script.

const rows = document.querySelector("[data-arranging]");
let dragged;

const choose = (target, wanted) => {
  const form = dragged.querySelector("form[data-place]");
  const place = wanted.find((value) => value && form.elements.place.querySelector(`option[value="${value}"]`));
  if (!place) return;
  form.elements.place.value = place;
  if (dragged.querySelector("[data-moves=draft]")) form.requestSubmit();
  else {
    form.closest("details").open = true;
    form.querySelector("button").focus();
  }
};

if (rows) {
  for (const row of rows.children) row.draggable = row.querySelector("form[data-place]") !== null;
  rows.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("li");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.id);
  });
  rows.addEventListener("dragover", (event) => {
    const row = event.target.closest("li");
    if (!dragged || !row || row === dragged) return;
    event.preventDefault();
    for (const one of rows.children) one.classList.toggle("outline-row--target", one === row);
  });
  rows.addEventListener("drop", (event) => {
    const row = event.target.closest("li");
    if (!dragged || !row || row === dragged) return;
    event.preventDefault();
    const { under, after, before } = row.dataset;
    const box = row.getBoundingClientRect();
    const lower = event.clientY > box.top + box.height / 2;
    choose(row, under && lower ? [under, after, before] : [after, before]);
  });
  rows.addEventListener("dragend", () => {
    dragged = undefined;
    for (const one of rows.children) one.classList.remove("outline-row--target");
  });
}
