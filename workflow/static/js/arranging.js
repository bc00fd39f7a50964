// Lets a row of the outline be dragged onto another: a draft is put there at once, for a tabled paragraph the form that
// proposes it is opened with the place filled in. The buttons and lists do the same without a script.

const rows = document.querySelector("[data-arranging]");
let dragged;

const choose = (wanted) => {
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

const depth = (row) => Number(row.dataset.depth);

// What stands before or after a row where it stands, what is dragged and what stands under others apart.
const neighbour = (row, way) => {
  let at = row[way];
  while (at && (at === dragged || depth(at) > depth(row))) at = at[way];
  return at;
};

// Right before a row: after the one before it, or first under the one it stands under.
const rightBefore = (row) => {
  const before = neighbour(row, "previousElementSibling");
  if (!before) return "first";
  return depth(before) === depth(row) ? before.dataset.after : before.dataset.firstUnder;
};

const rightAfter = (row) => {
  const next = neighbour(row, "nextElementSibling");
  return next && depth(next) === depth(row) ? next.dataset.before : undefined;
};

if (rows) {
  // The row that was just put somewhere keeps the focus, on the same step where it can be taken again: once the page has
  // gone to the row, which takes the focus away.
  const row = location.hash && rows.querySelector(`:scope > ${location.hash}`);
  const step = sessionStorage.getItem("step");
  sessionStorage.removeItem("step");
  const again = row && step && (row.querySelector(`button[value="${step}"]:enabled`) ?? row.querySelector("button:enabled"));
  if (again) addEventListener("load", () => again.focus(), { once: true });
  rows.addEventListener("submit", (event) => sessionStorage.setItem("step", event.submitter?.value || "put"));
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
    choose(lower ? [under, after, rightAfter(row)] : [before, rightBefore(row)]);
  });
  rows.addEventListener("dragend", () => {
    dragged = undefined;
    for (const one of rows.children) one.classList.remove("outline-row--target");
  });
}
