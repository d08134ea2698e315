// The page of an app on another origin than the shop: docs/ajax-and-apps.md explains each step.

const page = new URL(location.href);
let queueToken = page.searchParams.get("queueittoken");
if (queueToken !== null) {
  // Back from the waiting room. Nobody should copy the token along with the address.
  page.searchParams.delete("queueittoken");
  history.replaceState(history.state, "", page);
}

/** Calls the shop. Where the call has to queue, the page is left for the waiting room. */
async function callShop(address, options = {}) {
  if (document.prerendering) {
    // Nobody sees this page yet: its calls would be turned away.
    await new Promise((seen) => document.addEventListener("prerenderingchange", seen, { once: true }));
  }
  const headers = new Headers(options.headers);
  headers.set("x-queueit-ajaxpageurl", encodeURIComponent(page.href));
  if (queueToken !== null) headers.set("x-queueittoken", queueToken);
  const answer = await fetch(address, { ...options, headers, credentials: "include", cache: "no-store" });
  // From here on the session cookie opens the shop.
  queueToken = null;
  const waitingRoom = answer.headers.get("x-queueit-redirect");
  if (waitingRoom === null) return answer;
  location.assign(decodeURIComponent(waitingRoom));
  return new Promise(() => {});
}
