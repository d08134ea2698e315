// Run as a process of its own: says a line once the runtime has a Worker that it never finishes to load.
import { checkWorkerStarts } from "../../../../../infra/local/cloudflare/runtime/starts.ts";
import { onWorkerdStart } from "../../../../support/workerd-processes.ts";

onWorkerdStart(() => process.stdout.write("started\n"));
await checkWorkerStarts({
  content: "for (;;) {}",
  format: "es-module",
  compatibilityDate: "2026-04-01",
  compatibilityFlags: [],
  bindings: [],
});
