import fc from "fast-check";
import { hmac } from "../../worker/support/tokens.ts";

/** Letters that look like others: as UTF-8 in percent form, as raw bytes, and as what a server may take for them. */
const HOMOGLYPHS: Readonly<Record<string, readonly string[]>> = {
  e: ["%D0%B5", "\xd0\xb5", "%u0435"],
  t: ["%EF%BD%94", "\xef\xbd\x94"],
  _: ["%EF%BC%BF", "\xef\xbc\xbf"],
  "~": ["%CB%9C", "\xcb\x9c"],
  h: ["%D2%BB", "\xd2\xbb"],
  "&": ["%EF%BC%86", "%26amp;"],
  "=": ["%EF%BC%9D", "%253D"],
};

const NOW = Math.floor(Date.now() / 1000);
const HASH = /[0-9a-f]{64}/;
/** What separates the fields of a token, of a session cookie, and of a query. */
const SEPARATORS = ["~", "&", "%26", "; "] as const;

/** One change of a text. The numbers choose the place and what comes there. */
type Change = (text: string, at: number, other: number) => string;

const BYTES: readonly Change[] = [
  (text, at, other) => text.slice(0, at) + String.fromCharCode(0x21 + (other % 0xde)) + text.slice(at + 1),
  (text, at, other) => text.slice(0, at) + String.fromCharCode(0x80 + (other % 0x80)) + text.slice(at),
  (text, at) => text.slice(0, at),
  (text, at) => text.slice(at),
  (text, at) => text.slice(0, at) + text.slice(at + 1),
  (text, at) => text.slice(0, at) + text.slice(at + 1, at + 2) + text.slice(at, at + 1) + text.slice(at + 2),
  (text, at) => text.slice(0, at) + text.slice(0, at) + text.slice(at),
  (text, at) => text.slice(0, at) + "%00" + text.slice(at),
  (text, at) => text.slice(0, at) + "%0d%0a" + text.slice(at),
];

const FIELDS: readonly Change[] = SEPARATORS.flatMap((separator): readonly Change[] => [
  (text) => text.split(separator).reverse().join(separator),
  (text, at) =>
    text
      .split(separator)
      .toSpliced(at % 8, 1)
      .join(separator),
  // A field twice, the first or the last of which may count.
  (text, at) => {
    const fields = text.split(separator);
    return [...fields, fields[at % fields.length] ?? ""].join(separator);
  },
  (text, at, other) => {
    const fields = text.split(separator);
    const value = fields[other % fields.length] ?? "";
    return fields.with(at % fields.length, value).join(separator);
  },
  (text, at) =>
    text
      .split(separator)
      .toSpliced(at % 8, 0, "", "x_y_z", "__proto__=1")
      .join(separator),
]);

const MEANINGS: readonly Change[] = [
  (text) => text.replace(/ts_\d+/, "ts_9999999999"),
  (text) => text.replace(/IssueTime(=|%3D)\d+/, `IssueTime$1${NOW}`),
  (text) => text.replace(/IssueTime(=|%3D)(\d+)/, "IssueTime$10x$2"),
  (text) => text.replace(/(\d)(?=&|~|%26)/, "$1e9"),
  (text) => text.replace(/event\d?/gi, "event1"),
  (text) => text.replace(/event\d?/i, "EVENT1"),
  (text) => text.replace(/rt_\w+/, "rt_debug"),
  (text) => `${text}~c_testcustomer`,
  (text) => text.replace(/[0-9a-f]{8}-[0-9a-f]{4}/, "00000000-0000"),
  (text) => text.replace(/&QueueId=[^&]*/, ""),
  (text) => text.replace(/&RedirectType=/, "&FixedValidityMins=99999&RedirectType="),
];

const HASHES: readonly Change[] = [
  (text) => text.replace(HASH, (hash) => hash.toUpperCase()),
  (text) => text.replace(HASH, (hash) => hash.slice(0, -1)),
  (text) => text.replace(HASH, (hash) => hash + hash),
  (text) => text.replace(HASH, ""),
  (text) => text.replace(HASH, hmac("")),
  (text) => text.replace(/~h_.*/, ""),
  (text) => `${text}~h_${hmac("")}`,
  (text) => `${text}&Seal=${hmac(text, "another-fake-secret")}`,
  (text) => text.toUpperCase(),
];

const ENCODINGS: readonly Change[] = [
  (text, at) => text.slice(0, at) + encodeURIComponent(text.slice(at, at + 1)) + text.slice(at + 1),
  (text) => encodeURIComponent(text),
  (text) => encodeURIComponent(encodeURIComponent(text)),
  (text) => [...text].map((one) => `%${one.charCodeAt(0).toString(16).padStart(2, "0")}`).join(""),
  (text) => [...text].map((one) => `%u00${one.charCodeAt(0).toString(16).padStart(2, "0")}`).join(""),
  (text) => [...text].map((one) => `&#${one.charCodeAt(0)};`).join(""),
  (text) => Buffer.from(text, "latin1").toString("base64"),
  (text) => text.replaceAll("%26", "&").replaceAll("%3D", "="),
  (text) => `"${text}"`,
  (text) => ` ${text}\t`,
  (text) => `\xa0${text}\xc2\xa0`,
  (text) => text + text,
  () => "",
  () => "~".repeat(3000),
  () => "%".repeat(3000),
  () => "&=".repeat(2000),
];

const LOOKALIKES: readonly Change[] = Object.entries(HOMOGLYPHS).flatMap(([letter, others]) =>
  others.map(
    (other): Change =>
      (text) =>
        text.replace(letter, other),
  ),
);

const CHANGES = [...BYTES, ...FIELDS, ...MEANINGS, ...HASHES, ...ENCODINGS, ...LOOKALIKES];

const change = fc.tuple(fc.constantFrom(...CHANGES), fc.nat(400), fc.nat(255));

/** The text as it is, or with one change or two of them. */
export function changed(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const few = fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 4, arbitrary: change.map((one) => [one]) },
    { weight: 1, arbitrary: fc.tuple(change, change) },
  );
  return fc
    .tuple(texts, few)
    .map(([text, changes]) =>
      changes.reduce(
        (before, [apply, at, other]) => apply(before, before.length === 0 ? 0 : at % before.length, other),
        text,
      ),
    );
}
