import { defineHooks, type HookRequest } from "../worker/hooks/define-hooks.ts";

/**
 * Lets search engines through, without a place in the queue. Cloudflare says who they are, and proves it by their
 * addresses; `botManagement` is there with Enterprise Bot Management only, and without it nobody is let through.
 */
export default defineHooks({
  beforeMatching(request) {
    if (!isSearchEngine(request)) return undefined;
    return { leaveAlone: true, facts: ["search-bot"] };
  },
});

/** Never by the `User-Agent`: whoever writes `Googlebot` there would be past the queue. */
function isSearchEngine({ method, cf }: HookRequest): boolean {
  const isReading = method === "GET" || method === "HEAD";
  return (
    isReading && cf.botManagement?.verifiedBot === true && cf.verifiedBotCategory === "Search Engine Crawler"
  );
}
