// Finds people while one types: after a pause, one question at a time, the older one given up. The address of the page
// follows, so that it can be reloaded and passed on. Without this the form is sent.
"use strict";

const form = document.querySelector("form[data-live]");
const count = document.getElementById("count");
const PAUSE = 200;
let pause;
let asking;
let last = address();

function address() {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value.trim() !== "") query.append(name, value);
  }
  return query.size ? `${form.action}?${query}` : form.action;
}

async function look() {
  const wanted = address();
  if (wanted === last) return;
  last = wanted;
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  const found = document.getElementById("found");
  found.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(wanted, { headers: { "signet-part": "found" }, signal });
    // somebody has to sign in again: the whole page knows how
    if (response.redirected) return location.assign(wanted);
    if (!response.ok) throw new Error(String(response.status));
    show(await response.text());
    history.replaceState(null, "", wanted);
  } catch (error) {
    if (signal.aborted) return;
    last = undefined; // it may be tried again
    found.removeAttribute("aria-busy");
    count.textContent = form.dataset.failed;
  }
}

function show(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("found");
  document.getElementById("found").replaceWith(fresh);
  count.textContent = fresh.dataset.count;
  fresh.dispatchEvent(new Event("shown", { bubbles: true }));
}

function later(delay) {
  clearTimeout(pause);
  pause = setTimeout(look, delay);
}

form.addEventListener("input", ({ target }) => later(target.type === "search" ? PAUSE : 0));
form.addEventListener("change", () => later(0));
form.addEventListener("submit", (event) => {
  // a button that leads elsewhere goes there
  if (event.submitter?.hasAttribute("formaction")) {
    return;
  }
  event.preventDefault();
  event.stopPropagation(); // nothing is sent that would have to be waited for
  later(0);
});
