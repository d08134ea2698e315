// CDKTF's own tool, which tells HashiCorp of each run and asks for newer versions unless it is told not to.
import "./typescript.mjs";

const { QUIET_TOOLS } = await import("./terraform/quiet-tools.ts");
Object.assign(process.env, QUIET_TOOLS);
await import("cdktf-cli/bundle/bin/cdktf.js");
