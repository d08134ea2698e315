#!/usr/bin/env node
// npm needs a JavaScript file to start; everything else is TypeScript, run as it is by tsx.
import { register } from "tsx/esm/api";

register();
const { main } = await import("./cli.ts");
await main(process.argv);
