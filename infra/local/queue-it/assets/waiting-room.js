// Keeps the place in line up to date; the server decides when it is this visitor's turn.
const place = document.querySelector("[data-status]");
const lost = place.querySelector("[data-lost]");
const show = (name, text) => {
  const element = place.querySelector(`[data-show="${name}"]`);
  if (element.textContent !== text) element.textContent = text;
};

async function update() {
  try {
    const answer = await fetch(place.dataset.status, { cache: "no-store" });
    const status = await answer.json();
    if (status.passed || !answer.ok) return location.reload();
    lost.hidden = true;
    show("ahead", status.ahead);
    show("wait", status.wait);
    place.querySelector("progress").value = status.progress;
  } catch {
    // The server was stopped or is starting again: say so, and try on.
    lost.hidden = false;
  }
  setTimeout(update, 1000);
}

setTimeout(update, 1000);
