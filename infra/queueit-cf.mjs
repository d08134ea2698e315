#!/usr/bin/env node
// npm needs a JavaScript file to start; everything else is TypeScript, run as it is by tsx.
import { register } from "tsx/esm/api";

// Whoever reads has seen enough, as in `queueit-cf preview --check | head`.
process.stdout.on("error", (error) => {
  if (error.code === "EPIPE") process.exit();
  throw error;
});

register();
const { main } = await import("./cli.ts");
await main(process.argv);
