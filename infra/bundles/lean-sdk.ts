/** Methods of the SDK that nothing in the Worker calls. A test tells when one is called, or is no longer there. */
export const UNCALLED: readonly string[] = [
  "KnownUser.cancelRequestByLocalConfig",
  "KnownUser.extendQueueCookie",
  "KnownUser.resolveQueueRequestByLocalConfig",
  "RequestValidationResult.prototype.getAjaxQueueRedirectHeaderKey",
  "RequestValidationResult.prototype.getAjaxRedirectUrl",
  "UserInQueueService.prototype.extendQueueCookie",
  "UserInQueueStateCookieRepository.prototype.reissueQueueCookie",
  "Utils.generateUUID",
];

/** One method, as TypeScript writes it into a class of its ES5 output. */
const METHOD = /^ {4}(\w+(?:\.prototype)?\.\w+) = function [\s\S]*?^ {4}\};\n/gm;

/** Names of what a module exports, each set to undefined before anything else. */
const EXPORTS_BEFORE = /^exports\.\w+ = (?:exports\.\w+ = )*void 0;$/m;

/** What a loop over a list ends with, in case that the list wants to know when it is left early. No array does. */
const LOOP_END =
  /catch \((e_\d+)_1\) \{ \1 = \{ error: \1_1 \}; \}\s*finally \{\s*try \{[^}]*\}\s*finally \{ if \(\1\) throw \1\.error; \}\s*\}/g;

/** A file of the SDK without code that each cold isolate would read and none would run. */
export function leanSdk(source: string): string {
  return source
    .replace(METHOD, (method, name: string) => (UNCALLED.includes(name) ? "" : method))
    .replace(EXPORTS_BEFORE, "")
    .replace(LOOP_END, "finally {}");
}
