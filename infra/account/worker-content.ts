/** One file of an uploaded Worker. */
export interface UploadedFile {
  /** Undefined for a Worker in the service-worker format, which has only one. */
  readonly name: string | undefined;
  readonly content: Buffer;
}

/** The files in an answer of the management API: one as it is, or each in a part of its own (RFC 2046). */
export function filesOf(body: Buffer, contentType: string): readonly UploadedFile[] {
  const boundary = /^multipart\/.*;\s*boundary="?([^";\s]+)/i.exec(contentType)?.[1];
  if (boundary === undefined) return [{ name: undefined, content: body }];
  const mark = Buffer.from(`\r\n--${boundary}`);
  const bytes = Buffer.concat([Buffer.from("\r\n"), body]);
  const files: UploadedFile[] = [];
  let start = bytes.indexOf(mark);
  for (let end = start; start !== -1; start = end) {
    end = bytes.indexOf(mark, start + mark.length);
    const content = bytes.indexOf("\r\n\r\n", start);
    if (content === -1 || content >= end) continue;
    const head = bytes.subarray(start, content).toString();
    const name = /^content-disposition:.*?[;\s]name="((?:[^"\\]|\\.)*)"/im.exec(head)?.[1];
    files.push({ name, content: bytes.subarray(content + 4, end) });
  }
  // A source map is there for people who look for faults; the Worker runs without it.
  return files.filter(({ name }) => name?.endsWith(".map") !== true);
}
