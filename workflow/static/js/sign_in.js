// Browsers take the place within a page along to where one signs in, and tell the server nothing of it: it is put into
// what the forms of this page lead back to, so that it is found again after the password, a wrong one included.

for (const { value, form } of document.querySelectorAll("input[name=next]")) {
  if (value && !value.includes("#")) form.elements.next.value += location.hash;
}
