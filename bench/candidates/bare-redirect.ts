/** The floor of every redirect: a Worker that answers itself. */
export default {
  fetch: (): Response => new Response(null, { status: 302, headers: { location: "https://queue.example/" } }),
};
