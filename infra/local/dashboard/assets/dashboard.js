// Keeps the parts that change up to date and answers a button where it stands; all of it works without scripts.
const trouble = document.querySelector("#trouble");
const form = document.querySelector("[data-editor]");
const { json: editor, version: basedOn } = form?.elements ?? {};
const address = location.pathname + location.search.replace(/[?&]saved=\d+/, "").replace(/^&/, "?");
const every = Number(document.body.dataset.every);
const shownParts = new Map();
for (const element of document.querySelectorAll("[data-live]")) shownParts.set(element, element.innerHTML);
let seenAt = new Date();

if (form !== null) history.replaceState(null, "", address + location.hash);

function tell(text) {
  if (trouble.textContent !== text) trouble.textContent = text;
}

function parse(text) {
  return new DOMParser().parseFromString(text, "text/html");
}

/** What can have the keyboard's focus. */
const focusable = (element) => [...element.querySelectorAll("a[href], button, summary, [tabindex]")];

/** The element in the new part that stands where the one with the focus stands, and is the same; or none. */
function successorOf(focused, element, fresh) {
  const next = focusable(fresh)[focusable(element).indexOf(focused)];
  const isSame =
    next?.tagName === focused.tagName && (next.id !== "" || next.textContent === focused.textContent);
  return isSame && next.id === focused.id ? next : undefined;
}

/** What was opened stays open. */
function keepOpen(element, fresh) {
  const before = [...element.querySelectorAll("details")];
  [...fresh.querySelectorAll("details")].forEach((details, index) => {
    const same = details.id === "" ? before[index] : before.find(({ id }) => id === details.id);
    if (same !== undefined) details.open = same.open;
  });
}

/**
 * Puts in what the server shows now. The keyboard's focus goes to the same element of the new part; where there is
 * none, the part waits until it has lost the focus, unless it answers a button.
 */
function show(page, answers = false) {
  for (const element of document.querySelectorAll("[data-live]")) {
    const fresh = page.querySelector(`[data-live="${element.dataset.live}"]`);
    if (fresh === null || fresh.innerHTML === shownParts.get(element)) continue;
    const focused = element.contains(document.activeElement) ? document.activeElement : null;
    const successor = focused === null ? undefined : successorOf(focused, element, fresh);
    if (focused !== null && successor === undefined && !answers) continue;
    shownParts.set(element, fresh.innerHTML);
    keepOpen(element, fresh);
    element.replaceChildren(...fresh.childNodes);
    successor?.focus({ preventScroll: true });
  }
  showOutflow(page);
}

/** The slider goes along with what other pages and the pause have changed, unless it is being moved. */
function showOutflow(page) {
  const [slider, fresh] = [document, page].map((each) => each.querySelector("input[name=perMinute]"));
  if (slider === null || fresh === null || slider === document.activeElement) return;
  slider.value = fresh.defaultValue;
  document.querySelector("[data-outflow]").textContent = fresh.defaultValue;
}

/** The editor goes along with what another page saved, unless something was typed here. */
function refreshEditor(page) {
  const fresh = page.querySelector("[data-editor]")?.elements;
  if (form === null || fresh === undefined || fresh.version.value === basedOn.value || isEdited()) return;
  takeOver(fresh);
}

function takeOver(fresh) {
  basedOn.value = fresh.version.value;
  editor.value = editor.defaultValue = fresh.json.defaultValue;
  markEdited();
}

const isEdited = () => form !== null && editor.value !== editor.defaultValue;

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
      const headers = form === null ? {} : { "x-based-on": basedOn.value };
      const answer = await fetch(address, { cache: "no-store", headers });
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
  setTimeout(update, every);
}

setTimeout(update, every);

async function send(sent, button = null) {
  const fields = new FormData(sent, button);
  const answer = await fetch(sent.getAttribute("action"), {
    method: "POST",
    body: "file" in sent.dataset ? fields : new URLSearchParams(fields),
  });
  const page = parse(await answer.text());
  if (page.body.dataset.run === undefined) return tell(page.body.textContent.trim());
  tell("");
  show(page, true);
  const done = sent.querySelector("[data-done-here]");
  if (done !== null) done.textContent = answer.ok ? (button.dataset.done ?? "") : "";
  if (sent === form || "file" in sent.dataset) showSaved(page, answer, sent === form);
  if ("explain" in sent.dataset) showExplained(page);
}

function showExplained(page) {
  const explained = document.querySelector("[data-explained]");
  explained.replaceChildren(...page.querySelector("[data-explained]").childNodes);
  explained.focus({ preventScroll: true });
  explained.scrollIntoView({ block: "nearest" });
}

function showSaved(page, { ok, url }, isTyped) {
  const fresh = page.querySelector("[data-editor]").elements;
  // Whether it is all of the configuration or one of its actions may be another now.
  if (ok && "action" in fresh !== "action" in form.elements) {
    editor.defaultValue = editor.value;
    return location.assign(url);
  }
  if (ok) takeOver(fresh);
  else if (isTyped) basedOn.value = fresh.version.value;
  const answer = document.querySelector("[data-answer]");
  answer.replaceChildren(...page.querySelector("[data-answer]").childNodes);
  answer.focus({ preventScroll: true });
  answer.scrollIntoView({ block: "nearest" });
}

/** The button that was pressed, or the one that has come in its place. */
const now = (button) =>
  button.isConnected ? button : (button.id && document.getElementById(button.id)) || null;

document.addEventListener("submit", (event) => {
  if (event.target.method === "get") return;
  event.preventDefault();
  const button = event.submitter;
  const sending = send(event.target, button);
  if (button !== null) button.disabled = true;
  sending.catch(gone).finally(() => {
    if (button === null) return;
    button.disabled = false;
    if (document.activeElement !== document.body) return;
    (now(button) ?? document.querySelector("#main")).focus({ preventScroll: true });
  });
});

if (form !== null) {
  editor.addEventListener("input", markEdited);
  window.addEventListener("beforeunload", (event) => {
    if (isEdited()) event.preventDefault();
  });
  markEdited();
}

const outflow = document.querySelector("input[name=perMinute]");
if (outflow !== null) {
  const shown = document.querySelector("[data-outflow]");
  outflow.addEventListener("input", () => (shown.textContent = outflow.value));
  outflow.addEventListener("change", () => send(outflow.form).catch(gone));
  document.querySelector("[data-without-script]").hidden = true;
}
