/** Characters of a line that a terminal shows without breaking it. */
const COLUMNS = 80;

/**
 * Breaks a text at its spaces into lines of at most 80 columns; a word that is longer is broken inside.
 *
 * @param first What the first line begins with; the others begin with as many spaces.
 */
export function wrap(first: string, text: string): readonly string[] {
  const width = COLUMNS - first.length;
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((long) => pieces(long, width))) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  const indent = " ".repeat(first.length);
  return [...lines, line].map((content, index) => (index === 0 ? first : indent) + content);
}

function pieces(word: string, width: number): readonly string[] {
  return word.length <= width ? [word] : (word.match(new RegExp(`.{1,${width}}`, "gsu")) ?? [word]);
}
