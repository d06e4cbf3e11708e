// Comfort for pages that are complete without it: show a password, send a form once, hide a broken picture.
"use strict";

for (const input of document.querySelectorAll("input[data-show]")) {
  const button = document.createElement("button");
  const show = (visible) => {
    input.type = visible ? "text" : "password";
    button.textContent = visible ? input.dataset.hide : input.dataset.show;
  };
  button.type = "button";
  button.className = "reveal";
  button.setAttribute("aria-controls", input.id);
  button.addEventListener("click", () => show(input.type === "password"));
  input.form.addEventListener("submit", () => show(false));
  show(false);
  input.after(button);
}

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  const again = () => {
    delete form.dataset.sent;
    submitter?.removeAttribute("aria-busy");
  };
  form.dataset.sent = "yes";
  submitter?.setAttribute("aria-busy", "true");
  setTimeout(again, 5000); // the person may have stopped the page from loading
  addEventListener("pageshow", again, { once: true });
});

for (const picture of document.querySelectorAll(".tile img")) {
  const hide = () => (picture.hidden = true);
  picture.addEventListener("error", hide);
  if (picture.complete && !picture.naturalWidth) hide();
}
