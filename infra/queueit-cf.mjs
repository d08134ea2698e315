#!/usr/bin/env node
// npm needs a JavaScript file to start; everything else is TypeScript.
import "./typescript.mjs";

const { endWhenInterrupted } = await import("./console/interruption.ts");
const { endUnread } = await import("./console/output.ts");
const { keepSecretsFromChildren } = await import("./console/child-variables.ts");
endWhenInterrupted();
keepSecretsFromChildren();
endUnread();
const { endAtFaults, main } = await import("./cli.ts");
endAtFaults();
await main(process.argv);
