// Brings the page of a job up to date while the job goes on, and shows it anew once it has ended. Without it the browser
// loads the page again every few seconds.
"use strict";

const pause = 1000;

async function look() {
  const answer = await fetch(location.href).catch(() => null);
  const page = answer?.ok && !answer.redirected ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  const fresh = page?.getElementById("job");
  if (fresh && !fresh.hasAttribute("data-running")) {
    location.reload();
    return;
  }
  if (fresh) {
    document.getElementById("job").replaceChildren(...fresh.childNodes);
    document.getElementById("job-state").textContent = page.getElementById("job-state").textContent;
  }
  setTimeout(look, pause);
}

setTimeout(look, pause);
