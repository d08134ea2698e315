// What the page of the app does with callShop, which call-shop.js has.

const output = document.querySelector("output");
const shop = `${location.protocol}//${location.host.replace(/^[^.]+\./, "")}`;

async function show(path, options) {
  output.textContent = "Asking the shop …";
  const answer = await callShop(shop + path, options);
  const { left, of } = await answer.json();
  output.textContent = `${left} of ${of} tickets left.`;
}

for (const button of document.querySelectorAll("[data-call]")) {
  button.addEventListener("click", () => {
    const isOrder = button.dataset.call === "POST";
    const order = { method: "POST", body: "{}", headers: { "content-type": "application/json" } };
    show("/api/stock", isOrder ? order : {}).catch(
      () => (output.textContent = "The call failed: is this origin among queueIt.allowedOrigins?"),
    );
  });
}
