/** Values as they come out of files, pipes, web pages and settings; none of them is the secret alone. */
export const UNCLEAN: readonly string[] = [
  "fake-key\n",
  "fake-key\r\n",
  " fake-key",
  "fake-key\t",
  "\ufefffake-key",
  "fake-key\u00a0",
  "fake-key\u200b",
  "fake-\u00adkey",
  "fake-key\nfake-pass",
  '"fake-key"',
  "'fake-key'",
  "“fake-key”",
  "\n",
];

/** Odd, but the same to everybody. */
export const CLEAN: readonly string[] = ["fake-key", "x", "fake key/+=~", "fake-ß-key"];
