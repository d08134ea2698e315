/** A change that no test notices, and why none has to. */
export interface Survivor {
  readonly file: string;
  /** The text of its line. */
  readonly code: string;
  /** What was written there and what in its place. */
  readonly changes: readonly string[];
  readonly reason: string;
}

const WORD_FOR_NOTHING =
  "Stands for a word that is missing; no other word than the known ones has an effect.";
const SAVES_TIME = "Saves time: what is found in addition is tried like every candidate, and does not match.";
const SHORTCUT =
  "A shorter way to the answer that the SDK gives anyway; test/worker/differential/ compares the two.";
const SAME_ANSWER = "Gives the same answer for every input.";

const MATCHING: readonly Survivor[] = [
  {
    file: "worker/matching/action-tables.ts",
    code: "for (const ofTrigger of ofAction ?? [])",
    changes: ['[] → ["Stryker was here"]'],
    reason: "Counts pieces of a text that is in no literal, which makes none of them rarer.",
  },
  {
    file: "worker/matching/action-tables.ts",
    code: "const always: number[] = [];",
    changes: ['[] → ["Stryker was here"]'],
    reason: "No action has this position, so that nothing can match there.",
  },
  {
    file: "worker/matching/action-index.ts",
    code: "if (position >= limit) break;",
    changes: ["position >= limit → position > limit"],
    reason: "The limit is the position of an action of another list: the two are never equal.",
  },
  {
    file: "worker/matching/action-tables.ts",
    code: "let rarest: readonly Piece[] = [];",
    changes: ['[] → ["Stryker was here"]'],
    reason: "Always replaced: an action of which a trigger has no choice of literals is not in the index.",
  },
  {
    file: "worker/matching/action-tables.ts",
    code: "if (count >= lowest) continue;",
    changes: ["count >= lowest → count > lowest"],
    reason: "Of two choices that are as rare, either will do.",
  },
  {
    file: "worker/matching/comparison.ts",
    code: 'switch (part.Operator ?? "") {',
    changes: ['"" → "Stryker was here!"'],
    reason: WORD_FOR_NOTHING,
  },
  {
    file: "worker/matching/comparison.ts",
    code: "const literals = part.ValuesToCompare ?? [];",
    changes: ['[] → ["Stryker was here"]'],
    reason: "Would be noticed by a request that holds this very text only.",
  },
  {
    file: "worker/matching/literal-index.ts",
    code: "return found.length === 1 ? found : [...new Set(found)].sort((a, b) => a - b);",
    changes: ["found.length === 1 → false"],
    reason: "Saves time: one position is in order.",
  },
  {
    file: "worker/matching/matcher.ts",
    code: 'switch (part.ValidatorType ?? "") {',
    changes: ['"" → "Stryker was here!"'],
    reason: WORD_FOR_NOTHING,
  },
  {
    file: "worker/matching/matcher.ts",
    code: 'const name = part.CookieName ?? "";',
    changes: ['"" → "Stryker was here!"'],
    reason: "Would be noticed by a request with a cookie of this very name only.",
  },
  {
    file: "worker/matching/matcher.ts",
    code: 'const name = part.HttpHeaderName ?? "";',
    changes: ['"" → "Stryker was here!"'],
    reason: "Neither is a name that a header can have.",
  },
  {
    file: "worker/matching/matcher.ts",
    code: "return () => false;",
    changes: ["() => false → () => undefined"],
    reason: "Is asked for its truth only.",
  },
  {
    file: "worker/matching/matcher.ts",
    code: 'switch (part ?? "") {',
    changes: ['"" → "Stryker was here!"'],
    reason: WORD_FOR_NOTHING,
  },
  {
    file: "worker/matching/piece-rarity.ts",
    code: "this.#counts = new Uint32Array(Math.min(MOST_COUNTERS, 2 ** Math.ceil(Math.log2(16 * actions + 1))));",
    changes: [
      "Math.min(MOST_COUNTERS, 2 ** Math.ceil(Math.log2(16 * actions + 1))) → Math.max(MOST_COUNTERS, 2 ** Math.ceil(Math.log2(16 * actions + 1)))",
      "16 * actions + 1 → 16 * actions - 1",
    ],
    reason: "The number of counters: more of them take memory, and as many tell as much.",
  },
  {
    file: "worker/matching/piece-rarity.ts",
    code: "for (let start = 0; start < literal.length; start += length) {",
    changes: ["start < literal.length → start <= literal.length"],
    reason: "Looks at the last piece once more, of which every literal's count is the same.",
  },
  {
    file: "worker/matching/prepared-actions.ts",
    code: "this.#conditions = new Array<undefined>(list.length);",
    changes: ["new Array<undefined>(list.length) → new Array()"],
    reason: "Saves time: a list may grow when it is written to.",
  },
  {
    file: "worker/matching/required-literals.ts",
    code: 'switch (part.Operator ?? "") {',
    changes: ['"" → "Stryker was here!"'],
    reason: WORD_FOR_NOTHING,
  },
  {
    file: "worker/matching/required-literals.ts",
    code: "default:",
    changes: ["default: → default:"],
    reason: SAME_ANSWER,
  },
  {
    file: "worker/matching/url-readings.ts",
    code: String.raw`const ENCODED_VISIBLE = /%(?:2[124-9a-f]|3[\da-e]|[4-6][\da-f]|7[\da-e])/gi;`,
    changes: [
      String.raw`/%(?:2[124-9a-f]|3[\da-e]|[4-6][\da-f]|7[\da-e])/gi → /%(?:2[124-9a-f]|3[\da-e]|[4-6][\da-f]|7[\Da-e])/gi`,
      String.raw`/%(?:2[124-9a-f]|3[\da-e]|[4-6][\da-f]|7[\da-e])/gi → /%(?:2[124-9a-f]|3[\da-e]|[4-6][\da-f]|7[^\da-e])/gi`,
    ],
    reason: "The normalization that follows decodes or encodes the characters from `p` to `~` as well.",
  },
  {
    file: "worker/matching/action-index.ts",
    code: "onNormalizedUrl.length === 0",
    changes: ["onNormalizedUrl.length === 0 → false"],
    reason: "Saves time: an index without entries finds nothing.",
  },
  {
    file: "worker/matching/action-search.ts",
    code: "if (tables !== undefined) this.#index = new ActionIndex(this.#actions, tables);",
    changes: ["tables !== undefined → false"],
    reason: "Saves time: without the tables it makes its own, at the 17th request.",
  },
  {
    file: "worker/matching/action-search.ts",
    code: "if (this.#index === undefined && this.#scans++ < SCANS_BEFORE_INDEX) return scan(this.#actions, visit);",
    changes: ["this.#index === undefined → true", "this.#index === undefined → this.#index !== undefined"],
    reason: "Saves time: to go through all actions gives the same one.",
  },
  {
    file: "worker/matching/literal-index.ts",
    code: "return PIECE_LENGTHS.map((wanted) =>",
    changes: [
      "PIECE_LENGTHS.map((wanted) => → PIECE_LENGTHS.map(wanted => pieceTable(wanted, entries.filter(({",
    ],
    reason: "Saves time: a table without entries finds nothing.",
  },
  {
    file: "worker/matching/literal-index.ts",
    code: "entries.filter(({ length }) => length === wanted),",
    changes: ["entries.filter(({ length }) => length === wanted) → entries", "length === wanted → true"],
    reason: SAVES_TIME,
  },
  {
    file: "worker/matching/literal-index.ts",
    code: ").filter(({ hashes }) => hashes.length > 0);",
    changes: ["hashes.length > 0 → true", "hashes.length > 0 → hashes.length >= 0"],
    reason: "Saves time: a table without entries finds nothing.",
  },
  {
    file: "worker/matching/piece-table.ts",
    code: "const buckets: Entry[][] = Array.from({ length: 2 ** Math.ceil(Math.log2(entries.length + 1)) }, () => []);",
    changes: ['[] → ["Stryker was here"]'],
    reason: "The hash of no piece: nothing is found by it.",
  },
  {
    file: "worker/matching/piece-table.ts",
    code: "for (const entry of entries) buckets[entry.hash & (buckets.length - 1)]?.push(entry);",
    changes: [
      "buckets[entry.hash & (buckets.length - 1)]?.push → buckets[entry.hash & buckets.length - 1].push",
    ],
    reason: SAME_ANSWER,
  },
  {
    file: "worker/matching/piece-table.ts",
    code: "for (let index = 0; index < text.length; index++) {",
    changes: ["index < text.length → index <= text.length"],
    reason: SAVES_TIME,
  },
  {
    file: "worker/matching/piece-table.ts",
    code: "if (index >= length) hash = (hash - Math.imul(text.charCodeAt(index - length), leaving)) | 0;",
    changes: ["index >= length → true"],
    reason: "Saves time: before the beginning of a text there is no character to take away.",
  },
  {
    file: "worker/matching/piece-table.ts",
    code: "if (index < length - 1) continue;",
    changes: ["index < length - 1 → false"],
    reason: SAVES_TIME,
  },
  {
    file: "worker/matching/piece-table.ts",
    code: "const start = starts[hash & mask] ?? 0;",
    changes: ["starts[hash & mask] ?? 0 → starts[hash & mask] && 0"],
    reason: "Saves time: from the first bucket on, hashes of other buckets are compared in vain.",
  },
  {
    file: "worker/matching/piece-table.ts",
    code: "if (start === end || seen?.has(hash) === true) continue;",
    changes: [
      "start === end || seen?.has(hash) === true → start === end && seen?.has(hash) === true",
      "start === end || seen?.has(hash) === true → false",
      "start === end → false",
      "seen?.has(hash) === true → false",
    ],
    reason: "Saves time and memory; each position is given once all the same.",
  },
  {
    file: "worker/matching/piece-table.ts",
    code: "for (let place = start; place < end; place++) {",
    changes: ["place < end → place <= end"],
    reason: "Saves time: one hash more is compared, which is of another bucket.",
  },
];

const PUBLISHING: readonly Survivor[] = [
  {
    file: "worker/publishing/pull.ts",
    code: 'if (connector.settings.owner !== "pull") return { kind: "unchanged" };',
    changes: ['{ kind: "unchanged" } → {}', '"unchanged" → ""'],
    reason: "Nobody looks at what came of a pull that was not due: only what was refused is told.",
  },
  {
    file: "worker/publishing/publish.ts",
    code: "if (!url.includes(PUBLISH_PARAMETER)) return false;",
    changes: ["!url.includes(PUBLISH_PARAMETER) → false"],
    reason: "Saves time: nothing else finds the parameter where it is not.",
  },
  {
    file: "worker/publishing/publish.ts",
    code: 'const [address = ""] = url.split("#", 1);',
    changes: ['"" → "Stryker was here!"'],
    reason: "Never used: a text that is split has a first part.",
  },
  {
    file: "worker/publishing/publish.ts",
    code: "} catch {",
    changes: ["{ → {}"],
    reason: SAME_ANSWER,
  },
  {
    file: "worker/publishing/publish-call.ts",
    code: "return end === -1 ? undefined : { text: bytes.subarray(start + 1, end), end: end + 1 };",
    changes: ["end === -1 → false", "-1 → +1"],
    reason:
      "A text without an end is refused all the same: the call would go on at its first byte, which is a brace.",
  },
  {
    file: "worker/publishing/update.ts",
    code: "const actions = configuration.Integrations ?? [];",
    changes: ['[] → ["Stryker was here"]'],
    reason: "A text has none of the properties that are looked for.",
  },
  {
    file: "worker/publishing/update.ts",
    code: '.map((action) => action.Name ?? action.EventId ?? "");',
    changes: ['"" → "Stryker was here!"'],
    reason: "Never used: a queue action without an id was refused before.",
  },
];

const VALIDATION: readonly Survivor[] = [
  {
    file: "worker/validation/ask-sdk.ts",
    code: "if (settings.enqueueToken === undefined) return undefined;",
    changes: ["settings.enqueueToken === undefined → false"],
    reason: "Without these settings the SDK finds no provider to ask for a token.",
  },
  {
    file: "worker/validation/remote-call.ts",
    code: 'if (bytes === undefined) throw new Error("The endpoint\'s answer is too long.");',
    changes: ["bytes === undefined → false", '"The endpoint\'s answer is too long." → ""'],
    reason: "Fails all the same, as nothing is not JSON; whoever calls says in its own words what failed.",
  },
  {
    file: "worker/validation/remote-call.ts",
    code: 'return { kind: "answered", body: JSON.parse(decodeUtf8(bytes) ?? "") };',
    changes: ['"" → "Stryker was here!"'],
    reason: "Neither is JSON.",
  },
  {
    file: "worker/validation/direct-pass.ts",
    code: "return { hasPassed: false };",
    changes: ["{ hasPassed: false } → {}", "false → true"],
    reason: "Whoever has no valid token does not pass: the SDK looks at the token once more.",
  },
  {
    file: "worker/validation/direct-pass.ts",
    code: 'const token = typeof answer.QueueItToken === "string" ? answer.QueueItToken : "";',
    changes: ['typeof answer.QueueItToken === "string" → true'],
    reason: "The SDK reads no queue token from what is not a text.",
  },
  {
    file: "worker/validation/queue-token.ts",
    code: 'if (fragmentStart !== -1 && fragmentStart < queryStart) return { url, token: "", inQuery: false };',
    changes: [
      "fragmentStart !== -1 && fragmentStart < queryStart → false",
      "fragmentStart < queryStart → fragmentStart <= queryStart",
    ],
    reason:
      "Between a question mark and a hash that stands before it there is nothing; the two are never one.",
  },
  {
    file: "worker/validation/ask-sdk.ts",
    code: "const result = await (action === undefined",
    changes: ["action === undefined → true"],
    reason: SHORTCUT,
  },
  {
    file: "worker/validation/ask-sdk.ts",
    code: '"",',
    changes: ['"" → "Stryker was here!"'],
    reason: "The key that the SDK hands on is not used: it is read when the endpoint is asked.",
  },
  {
    file: "worker/validation/address-at-queue-it.ts",
    code: 'if (queueToken !== "")',
    changes: ['queueToken !== "" → true', '"" → "Stryker was here!"'],
    reason: "Saves time: an empty token is replaced by itself.",
  },
  {
    file: "worker/validation/direct-pass.ts",
    code: 'const token = typeof answer.QueueItToken === "string" ? answer.QueueItToken : "";',
    changes: ['"" → "Stryker was here!"'],
    reason: "Neither is a queue token.",
  },
  {
    file: "worker/validation/prepared-queue-action.ts",
    code: 'switch (action.RedirectLogic ?? "") {',
    changes: ['"" → "Stryker was here!"'],
    reason: WORD_FOR_NOTHING,
  },
  {
    file: "worker/validation/prepared-queue-action.ts",
    code: "default:",
    changes: ["default: → default:"],
    reason: SAME_ANSWER,
  },
  {
    file: "worker/validation/queue-token.ts",
    code: "if (queryStart === -1 || !url.toLowerCase().includes(TOKEN_PARAMETER))",
    changes: [
      "queryStart === -1 || !url.toLowerCase().includes(TOKEN_PARAMETER) → false",
      "queryStart === -1 || !url.toLowerCase().includes(TOKEN_PARAMETER) → queryStart === -1 && !url.toLowerCase().includes(TOKEN_PARAMETER)",
      "queryStart === -1 → false",
      "-1 → +1",
    ],
    reason: "Saves time: nothing else finds a token where there is none.",
  },
  {
    file: "worker/validation/remote-call.ts",
    code: 'return { kind: "refused", status: response.status };',
    changes: ['{ kind: "refused", status: response.status } → {}', '"refused" → ""'],
    reason: "Both callers ask whether it is an answer.",
  },
  {
    file: "worker/validation/remote-call.ts",
    code: "if (!response.ok) throw new Error(`The endpoint answered ${response.status}.`);",
    changes: ["`The endpoint answered ${response.status}.` → ``"],
    reason: "Both callers say in words of their own what is wrong.",
  },
  {
    file: "worker/validation/sdk-context.ts",
    code: 'return page.length > LONGEST_PAGE || encode(encode(decode(page))).length > LONGEST_PAGE ? "%" : page;',
    changes: ["page.length > LONGEST_PAGE → false"],
    reason: "Saves time: encoded twice, a page is not shorter than it came, but for escapes that it had.",
  },
  {
    file: "worker/validation/sdk-context.ts",
    code: "let value = cookie.value.slice(0, MAX_COOKIE_LENGTH);",
    changes: ["cookie.value.slice(0, MAX_COOKIE_LENGTH) → cookie.value"],
    reason: "Saves time: what follows cuts as much.",
  },
  {
    file: "worker/validation/session-cookie.ts",
    code: 'const [, sealed = "", event, issued, seal = ""] = SEALED.exec(value) ?? [];',
    changes: ['"" → "Stryker was here!"', '[] → ["Stryker was here"]'],
    reason: "None of these is a waiting room with a session and its seal.",
  },
  {
    file: "worker/validation/session.ts",
    code: 'const state = sessions.getState(waitingRoomIds, event.cookieValidityMinute, secretKey, true, "Queue");',
    changes: ['"Queue" → ""'],
    reason: "The SDK then looks at the other sessions too, after one that is valid.",
  },
  {
    file: "worker/validation/session.ts",
    code: "return { redirectUrl: undefined, isAjax: false, isQueueAction: true, failedOpen: false, cookies };",
    changes: ["false → true"],
    reason: "Whether a script asked matters to a redirect only.",
  },
  {
    file: "worker/validation/validation.ts",
    code: 'if (question.queueToken !== "") return validateWithToken(question, connector, sdk);',
    changes: ['question.queueToken !== "" → true', '"" → "Stryker was here!"'],
    reason: SHORTCUT,
  },
  {
    file: "worker/validation/validation.ts",
    code: 'return askSdk(question, connector, sdk, visit.header(AJAX_HEADER) === "" ? action : undefined);',
    changes: ['visit.header(AJAX_HEADER) === "" → false', '"" → "Stryker was here!"'],
    reason: SHORTCUT,
  },
];

const STATUS: readonly Survivor[] = [
  {
    file: "worker/status/status.ts",
    code: 'const [issuedAt, hash = ""] = (request.headers.get(STATUS_HEADER) ?? "").split(".", 2);',
    changes: ['"" → "Stryker was here!"'],
    reason: "Neither is a moment or a hash, so that neither is answered.",
  },
];

export const SURVIVORS: readonly Survivor[] = [...MATCHING, ...PUBLISHING, ...STATUS, ...VALIDATION];
