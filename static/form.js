// Comfort for pages that are complete without it: show a password, send a form once, hide a broken picture, print, tell
// the time in the person's zone: the one that was chosen, else the browser's.
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
  form.dataset.sent = "yes";
  submitter?.setAttribute("aria-busy", "true");
  setTimeout(allowAgain, 5000, form); // the person may have stopped the page from loading
});

function allowAgain(form) {
  delete form.dataset.sent;
  form.querySelector("[aria-busy]")?.removeAttribute("aria-busy");
}

// Gone back to: a form that was sent has its answer, so a page with an address of its own is asked for anew.
addEventListener("pageshow", ({ persisted }) => {
  const form = document.querySelector("form[data-sent]");
  if (!persisted || !form) return;
  if (location.search) location.reload();
  else allowAgain(form);
});

for (const picture of document.querySelectorAll(".tile img")) {
  const hide = () => (picture.hidden = true);
  picture.addEventListener("error", hide);
  if (picture.complete && !picture.naturalWidth) hide();
}

function tellTimes(within) {
  const { lang } = document.documentElement;
  const spoken = navigator.languages.find((language) => language.split("-")[0] === lang) ?? lang;
  for (const time of within.querySelectorAll("time")) {
    const instant = new Date(time.dateTime);
    if (isNaN(instant)) continue;
    time.textContent = instant.toLocaleString(spoken, { dateStyle: "medium", timeStyle: "short", timeZone: time.dataset.zone });
  }
}
tellTimes(document);
// what another script has put into the page
document.addEventListener("shown", ({ target }) => tellTimes(target));

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
