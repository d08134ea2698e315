/** A value inside a sentence: what comes from the plan, and has to be escaped wherever it is written. */
interface Quoted {
  readonly quoted: string;
}

/** Our own words, and values between them. Only a renderer makes one text of it. */
export type Sentence = readonly (string | Quoted)[];

/** A sentence as a template: what is written in it is ours, what is put into it is quoted. */
export function sentence(words: TemplateStringsArray, ...values: readonly (string | number)[]): Sentence {
  return words.flatMap((word, index) => {
    const value = values[index];
    return [...(word === "" ? [] : [word]), ...(value === undefined ? [] : [{ quoted: String(value) }])];
  });
}

/** Several sentences as one, with words of ours between them. */
export function joined(sentences: readonly Sentence[], between: string): Sentence {
  return sentences.flatMap((part, index) => (index === 0 ? part : [between, ...part]));
}

/** A sentence as one text, its values written by the renderer's own rules. */
export function written(parts: Sentence, quote: (value: string) => string): string {
  return parts.map((part) => (typeof part === "string" ? part : quote(part.quoted))).join("");
}

/** A sentence as plain text, for JSON. */
export function plainText(parts: Sentence): string {
  return written(parts, (value) => value);
}
