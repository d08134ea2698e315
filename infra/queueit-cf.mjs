#!/usr/bin/env node
// npm needs a JavaScript file to start. In a checkout everything else is TypeScript; what npm installs is compiled.
import { existsSync } from "node:fs";

const isCheckout = existsSync(new URL("cli.ts", import.meta.url));
if (isCheckout) await import("./typescript.mjs");
else if (!existsSync(new URL("../dist/package/infra/cli.js", import.meta.url))) {
  // npm packs a checkout as it is: .npmrc lets no script run by itself.
  console.error("This package was packed before it was built. In its checkout: npm run package && npm pack");
  process.exit(1);
}
const load = (name) => import(isCheckout ? `./${name}.ts` : `../dist/package/infra/${name}.js`);

const { endWhenInterrupted } = await load("console/interruption");
const { endUnread } = await load("console/output");
const { keepSecretsFromChildren } = await load("console/child-variables");
endWhenInterrupted();
keepSecretsFromChildren();
endUnread();
const { endAtFaults, main } = await load("cli");
endAtFaults();
await main(process.argv);
