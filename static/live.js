// Says what the server would say, while the form is filled in: an address that is none once it is left, the rule that
// a new password breaks, and how strong it is. The server decides.
"use strict";

const isLabel = /^[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u;

function isEmail(text) {
  const at = text.lastIndexOf("@");
  const plain = at > 0 && at <= 64 && text.length <= 254 && !/[\s@]/u.test(text.slice(0, at));
  return plain && text.slice(at + 1).split(".").every((label) => isLabel.test(label));
}

// A line beside a field, which describes it.
function line(input, className) {
  const made = document.createElement("p");
  made.id = `${input.id}-live`;
  made.className = className;
  input.setAttribute("aria-describedby", `${(input.getAttribute("aria-describedby") ?? "").trim()} ${made.id}`.trim());
  return made;
}

// What a screen reader says by itself: there from the start, so that it hears of what comes later.
function voice(element) {
  element.setAttribute("role", "status");
  return element;
}

function say(status, text) {
  if (status.textContent !== text) status.textContent = text;
}

// A field is left by pressing a button as well: what moves that button before it is let go would swallow the click.
let held = false;
addEventListener("pointerdown", () => (held = true), true);
addEventListener("pointerup", () => (held = false), true);

function onLeave(input, work) {
  const later = () => addEventListener("pointerup", () => setTimeout(work), { once: true });
  input.addEventListener("change", () => (held ? later() : work()));
}

function mark(input, wrong) {
  input.closest(".field").classList.toggle("wrong", wrong);
  if (wrong) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}

// What the server has said stands until the next answer.
for (const input of document.querySelectorAll("input[data-wrong]:not([aria-invalid])")) {
  const status = voice(line(input, "mistake"));
  const look = () => {
    const wrong = input.value.trim() !== "" && !isEmail(input.value.trim());
    say(status, wrong ? input.dataset.wrong : "");
    mark(input, wrong);
  };
  input.before(status);
  onLeave(input, look);
  input.addEventListener("input", () => status.textContent && look());
}

// What is left when nobody looks at capitals, dots and strokes.
function letters(text) {
  return text.toLowerCase().replace(/[^\p{Alphabetic}\p{N}]/gu, "");
}

// The names that a password must not be made of: as they are, before the @, and word by word.
function names(form) {
  const fields = [...form.querySelectorAll("input:is([type=email], [type=text])")];
  const words = (value) => value.split(/[^\p{Alphabetic}\p{N}]/u).filter((word) => [...word].length >= 3);
  const all = fields.flatMap(({ value }) => [value, value.split("@")[0], ...words(value)]);
  return all.map(letters).filter((name) => name !== "");
}

function isAlike(password, name) {
  const typed = letters(password);
  return typed.includes(name) && 2 * [...name].length > [...typed].length;
}

// Small letters, capital letters, digits, all else.
function classes(password) {
  const kinds = [/\p{Lowercase}/u, /\p{Uppercase}/u, /\p{N}/u, /[^\p{Lowercase}\p{Uppercase}\p{N}]/u];
  return kinds.filter((kind) => kind.test(password)).length;
}

function brokenRule(input) {
  const { value, dataset, form } = input;
  if ([...value].length < input.minLength) return dataset.short;
  if (names(form).some((name) => isAlike(value, name))) return dataset.own;
  if (new Set(value.toLowerCase()).size === 1) return dataset.one;
  return classes(value) < Number(dataset.classes) ? dataset.mixed : "";
}

// Length, as far as it is not the same few letters or steps like 1234: nothing that guesses would have to guess.
function strength(password) {
  const letters = [...password.toLowerCase()].map((letter) => letter.codePointAt(0));
  const fresh = letters.filter((letter, at) => at === 0 || Math.abs(letter - letters[at - 1]) > 1);
  return Math.min(fresh.length, 2 * new Set(letters).size);
}

for (const input of document.querySelectorAll("input[data-short]")) {
  const status = line(input, "hint");
  const heard = voice(document.createElement("span"));
  const bar = document.createElement("span");
  const wasWrong = input.hasAttribute("aria-invalid");
  const words = [input.dataset.weak, input.dataset.fair, input.dataset.strong];
  let pause;
  const judge = () => {
    const rule = brokenRule(input);
    const points = strength(input.value);
    const level = rule || points < 10 ? 0 : points < 15 ? 1 : 2;
    bar.dataset.level = input.value ? level + 1 : 0;
    say(status, input.value && (rule || words[level]));
  };
  bar.className = "bar";
  heard.className = "unseen";
  input.closest(".field").append(bar, status, heard);
  input.addEventListener("input", () => {
    judge();
    if (!wasWrong) mark(input, false);
    clearTimeout(pause);
    pause = setTimeout(() => say(heard, status.textContent), 1000); // not with every letter
  });
  onLeave(input, () => {
    if (!wasWrong) mark(input, input.value !== "" && brokenRule(input) !== "");
  });
}
