/** Compatibility date the Worker in `worker/` is built and tested for. */
export const BUNDLE_COMPATIBILITY_DATE = "2026-04-01";
