// Passkeys (WebAuthn): what only a script can ask the browser for. The answer goes into the form around the button, and
// the form to the server. Everything else on the page works without it.
"use strict";

// How long before the server forgets a question (5 minutes) another is put in its place.
const FRESH = 4 * 60 * 1000;

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

const base64url = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");

// The options as the browser wants them: bytes where JSON has base64url.
function unpack(options) {
  const unpackAll = (list) => list?.map((known) => ({ ...known, id: bytes(known.id) }));
  const { challenge, user, allowCredentials, excludeCredentials } = options;
  return {
    ...options,
    challenge: bytes(challenge),
    user: user && { ...user, id: bytes(user.id) },
    allowCredentials: unpackAll(allowCredentials),
    excludeCredentials: unpackAll(excludeCredentials),
  };
}

// The answer as JSON; the keys that it lacks are those of the other kind of answer.
function pack({ id, rawId, type, response }) {
  const packed = { transports: response.getTransports?.() };
  for (const part of ["attestationObject", "authenticatorData", "clientDataJSON", "signature", "userHandle"]) {
    if (response[part]) packed[part] = base64url(response[part]);
  }
  return JSON.stringify({ id, rawId: base64url(rawId), type, response: packed });
}

function offer(button) {
  const { form, dataset } = button;
  const fields = form.elements;
  const note = document.getElementById("passkey-mistake");
  let asking, renewal;

  async function question() {
    if (dataset.options) return { options: { publicKey: JSON.parse(dataset.options) } };
    const body = new URLSearchParams({ csrf: fields.csrf.value });
    if (fields.challenge) body.set("challenge", fields.challenge.value);
    const answer = await fetch(dataset.ask, { method: "POST", body });
    if (answer.ok) return answer.json();
    throw Object.assign(new Error(answer.statusText), { name: answer.status === 429 ? "Often" : "Refused" });
  }

  // A browser has one question open at a time; the newest counts.
  async function ask(mediation) {
    asking?.abort();
    const { signal } = (asking = new AbortController());
    const { options, state = "" } = await question();
    const how = { publicKey: unpack(options.publicKey), signal, ...(mediation && { mediation }) };
    const { credentials } = navigator;
    const credential = await (dataset.passkey === "create" ? credentials.create(how) : credentials.get(how));
    fields.passkey.value = state;
    fields.credential.value = pack(credential);
    form.requestSubmit(button);
  }

  // Beside the names that the browser proposes in a field. Nobody has asked for it, so nobody is told that it failed.
  async function listen() {
    clearTimeout(renewal);
    if (!("autofill" in dataset) || !(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
    renewal = setTimeout(listen, FRESH);
    await ask("conditional").catch(() => {});
  }

  button.addEventListener("click", async (event) => {
    event.preventDefault();
    if (!button.formNoValidate && !form.reportValidity()) return;
    clearTimeout(renewal);
    note.hidden = true;
    button.setAttribute("aria-busy", "true");
    try {
      await ask();
    } catch ({ name }) {
      if (name === "AbortError") return; // pressed again
      const { cancelled, known, often, failed } = dataset;
      note.textContent = { NotAllowedError: cancelled, InvalidStateError: known, Often: often }[name] ?? failed;
      note.hidden = false;
      listen();
    }
    button.removeAttribute("aria-busy");
  });

  listen();
}

if (window.PublicKeyCredential) {
  for (const element of document.querySelectorAll("[data-with-passkeys]")) element.hidden = false;
  for (const element of document.querySelectorAll("[data-without-passkeys]")) element.hidden = true;
  for (const button of document.querySelectorAll("button[data-passkey]")) offer(button);
}
