import util from "node:util";

// cdktf asks util.isArray, which Node.js 22 warns of at each synthesis and a later one may not have. CDKTF is archived.
Object.assign(util, { isArray: Array.isArray });
