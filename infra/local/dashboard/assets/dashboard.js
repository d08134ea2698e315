// Keeps the parts that change up to date; everything else works without scripts.
const live = document.querySelectorAll("[data-live]");

async function update() {
  try {
    if (document.visibilityState === "visible") {
      const answer = await fetch("/", { cache: "no-store" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const element of live) {
        const fresh = page.querySelector(`[data-live="${element.dataset.live}"]`);
        if (fresh !== null && fresh.innerHTML !== element.innerHTML)
          element.replaceChildren(...fresh.childNodes);
      }
    }
  } catch {
    // The preview was stopped or is starting again: try on.
  }
  setTimeout(update, 1000);
}

setTimeout(update, 1000);

const outflow = document.querySelector("input[name=perMinute]");
const shown = document.querySelector("[data-outflow]");
outflow.addEventListener("input", () => (shown.textContent = outflow.value));
outflow.addEventListener("change", () => {
  fetch("/outflow", { method: "POST", body: new URLSearchParams({ perMinute: outflow.value }) }).catch(
    () => {},
  );
});
document.querySelector("[data-without-script]").hidden = true;
