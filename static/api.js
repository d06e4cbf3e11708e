// Asks the API from its page. The token stays in the field; nothing is kept.
"use strict";
const token = document.getElementById("api-token");
document.getElementById("api-caller").hidden = false;

function request(operation, form) {
  let path = operation.dataset.path;
  const query = new URLSearchParams();
  let body;
  for (const field of form.querySelectorAll("[data-in]")) {
    if (field.dataset.in === "path") path = path.replace(`{${field.name}}`, encodeURIComponent(field.value));
    if (field.dataset.in === "query" && field.value) query.set(field.name, field.value);
    if (field.dataset.in === "body") body = field.value;
  }
  const headers = {};
  if (token.value) headers.authorization = `Bearer ${token.value}`;
  if (body !== undefined) headers["content-type"] = "application/json";
  const address = query.size ? `${path}?${query}` : path;
  return fetch(address, { method: operation.dataset.method, headers, body, credentials: "omit" });
}

async function send(event) {
  event.preventDefault();
  const form = event.target;
  const answer = form.querySelector(".answer");
  answer.hidden = false;
  try {
    const response = await request(form.closest(".operation"), form);
    const text = await response.text();
    let shown = text;
    try { shown = JSON.stringify(JSON.parse(text), null, 2); } catch { /* no JSON: as it came */ }
    answer.textContent = `${response.status}\n${shown}`;
  } catch (error) {
    answer.textContent = String(error);
  }
}

for (const form of document.querySelectorAll("form.try")) {
  form.querySelector("button").hidden = false;
  form.addEventListener("submit", send);
}
