// Keeps the parts that change up to date and answers a button where it stands; all of it works without scripts.
const trouble = document.querySelector("#trouble");
const form = document.querySelector("[data-editor]");
const { json: editor, version: basedOn } = form.elements;
const address = location.pathname + location.search.replace(/[?&]saved=\d+/, "");
const shownParts = new Map();
for (const element of document.querySelectorAll("[data-live]")) shownParts.set(element, element.innerHTML);
let seenAt = new Date();

history.replaceState(null, "", address + location.hash);

function tell(text) {
  if (trouble.textContent !== text) trouble.textContent = text;
}

function parse(text) {
  return new DOMParser().parseFromString(text, "text/html");
}

/** Puts in what the server shows now; a part that has the keyboard's focus waits until it has lost it. */
function show(page) {
  for (const element of document.querySelectorAll("[data-live]")) {
    const fresh = page.querySelector(`[data-live="${element.dataset.live}"]`);
    const before = shownParts.get(element);
    if (fresh === null || fresh.innerHTML === before || element.contains(document.activeElement)) continue;
    shownParts.set(element, fresh.innerHTML);
    element.replaceChildren(...fresh.childNodes);
  }
}

/** The editor goes along with what another page saved, unless something was typed here. */
function refreshEditor(page) {
  const fresh = page.querySelector("[data-editor]").elements;
  if (fresh.version.value === basedOn.value || isEdited()) return;
  takeOver(fresh);
}

function takeOver(fresh) {
  basedOn.value = fresh.version.value;
  editor.value = editor.defaultValue = fresh.json.defaultValue;
  markEdited();
}

const isEdited = () => editor.value !== editor.defaultValue;

function markEdited() {
  const text = isEdited() ? "What you typed is not saved." : "";
  const mark = form.querySelector("[data-edited]");
  if (mark.textContent !== text) mark.textContent = text;
}

function gone() {
  tell(
    `The preview does not answer: it was stopped, or is starting again. What is shown is from ${seenAt.toLocaleTimeString()}, and nothing can be changed. Start it again in its terminal; this page goes on by itself.`,
  );
}

async function update() {
  try {
    if (document.visibilityState === "visible") {
      const answer = await fetch(address, { cache: "no-store", headers: { "x-based-on": basedOn.value } });
      const page = parse(await answer.text());
      if (page.body.dataset.run === document.body.dataset.run) {
        tell("");
        seenAt = new Date();
        show(page);
        refreshEditor(page);
      } else {
        tell(
          "The preview was started anew since this page was loaded: what is shown is of the earlier run. Copy what you want to keep from the editor, then load the page again.",
        );
      }
    }
  } catch {
    gone();
  }
  setTimeout(update, 1000);
}

setTimeout(update, 1000);

async function send(sent, button) {
  const answer = await fetch(sent.getAttribute("action"), {
    method: "POST",
    body: new URLSearchParams(new FormData(sent)),
  });
  const page = parse(await answer.text());
  if (page.body.dataset.run === undefined) return tell(page.body.textContent.trim());
  tell("");
  show(page);
  const done = sent.querySelector("[data-done-here]");
  if (done !== null) done.textContent = answer.ok ? button.dataset.done : "";
  if (sent === form) showSaved(page, answer.ok);
  if ("explain" in sent.dataset) showExplained(page);
}

function showExplained(page) {
  const explained = document.querySelector("[data-explained]");
  explained.replaceChildren(...page.querySelector("[data-explained]").childNodes);
  explained.focus({ preventScroll: true });
  explained.scrollIntoView({ block: "nearest" });
}

function showSaved(page, ok) {
  const fresh = page.querySelector("[data-editor]").elements;
  if (ok) takeOver(fresh);
  else basedOn.value = fresh.version.value;
  const answer = document.querySelector("[data-answer]");
  answer.replaceChildren(...page.querySelector("[data-answer]").childNodes);
  answer.focus({ preventScroll: true });
  answer.scrollIntoView({ block: "nearest" });
}

document.addEventListener("submit", (event) => {
  event.preventDefault();
  const button = event.submitter;
  if (button !== null) button.disabled = true;
  send(event.target, button)
    .catch(gone)
    .finally(() => {
      if (button === null) return;
      button.disabled = false;
      if (document.activeElement === document.body) button.focus({ preventScroll: true });
    });
});

editor.addEventListener("input", markEdited);
window.addEventListener("beforeunload", (event) => {
  if (isEdited()) event.preventDefault();
});

const outflow = document.querySelector("input[name=perMinute]");
const shown = document.querySelector("[data-outflow]");
outflow.addEventListener("input", () => (shown.textContent = outflow.value));
outflow.addEventListener("change", () => send(outflow.form).catch(gone));
document.querySelector("[data-without-script]").hidden = true;
markEdited();
