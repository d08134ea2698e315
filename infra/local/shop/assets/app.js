// What the shop's pages do in the browser: ask how a page was served, and call the API.

/** The Worker marks every answer it touched; a bypass route or an unprotected host leaves no mark. */
async function servedBy(path) {
  // A redirect of our own page can only come from the Worker, which now wants this visitor to queue.
  const answer = await fetch(path, { method: "HEAD", redirect: "manual", cache: "no-store" });
  if (answer.type !== "opaqueredirect" && !answer.headers.has("x-queueit-connector")) {
    return "straight from the origin";
  }
  return answer.headers.get("x-queueit-failed") === "true"
    ? "through the Worker, which failed open"
    : "through the Worker";
}

for (const element of document.querySelectorAll("[data-served]")) {
  servedBy(element.dataset.served || location.href).then(
    (how) => (element.textContent = how),
    () => (element.textContent = "unknown: the page could not be asked again"),
  );
}

const button = document.querySelector("[data-stock]");
const output = document.querySelector("output");

async function checkStock() {
  // From now on the page is part of what is protected, so that it accepts the token that comes back.
  document.cookie = "live-stock=on; path=/; max-age=1200; samesite=lax";
  output.textContent = "Asking …";
  const answer = await fetch("/api/stock", {
    headers: { "x-queueit-ajaxpageurl": encodeURIComponent(location.href) },
    cache: "no-store",
  });
  const redirect = answer.headers.get("x-queueit-redirect");
  if (redirect !== null) {
    output.textContent = "The call has to queue: taking you to the waiting room …";
    location.assign(decodeURIComponent(redirect));
    return;
  }
  const stock = await answer.json();
  output.textContent = `${stock.left} of ${stock.of} tickets left (answer ${stock.answer} of the shop).`;
}

button?.addEventListener("click", () => {
  checkStock().catch(() => (output.textContent = "The call failed. Is the preview still running?"));
});
