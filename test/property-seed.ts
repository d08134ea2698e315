import fc from "fast-check";

/**
 * The seed of all property tests: a commit is judged by the same cases each time. `PROPERTY_SEED` asks for
 * other ones (`random`, or a number that a failure has printed).
 */
const wanted = process.env["PROPERTY_SEED"] ?? "20251125";

if (wanted !== "random") fc.configureGlobal({ seed: Number(wanted) });
