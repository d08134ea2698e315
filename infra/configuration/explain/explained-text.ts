import pc from "picocolors";
import { hideTokens } from "../../queue-it/hide-tokens.ts";
import { type Look, PLAIN } from "../../text/look.ts";
import { printable } from "../../text/printable.ts";
import { wrap } from "../../text/wrap.ts";
import type { ExplainedRequest } from "./explain-request.ts";
import { explainedSteps } from "./explained-steps.ts";

const COLUMN = 10;

/**
 * An explanation for people, step by step.
 *
 * @param source Where the configuration is from; undefined where none is known.
 * @param showsAll Whether every action that was tried is shown, however many there are.
 * @param unknown Why no configuration is known.
 */
export function explainedText(
  explained: ExplainedRequest,
  source: string | undefined,
  showsAll: boolean,
  look: Look = PLAIN,
  unknown = "",
): string {
  const paint = pc.createColors(look.colours);
  const { columns } = look;
  const { request, environment } = explained;
  const by = source === undefined ? "" : `, by ${source}`;
  const head = `${request.method} ${hideTokens(request.url.href)} in ${environment}${by}`;
  const lines = [
    ...wrap("", printable(head), { columns, keepsWords: true }).map(paint.bold),
    "",
    ...explainedSteps(explained, showsAll, unknown).flatMap(({ title, lines: said }) =>
      said.flatMap((line, index) => {
        const before = index === 0 ? `${title.padEnd(COLUMN - 1)} ` : " ".repeat(COLUMN);
        const [indent = ""] = /^ */.exec(line) ?? [];
        const options = { columns, keepsWords: true, indent: " ".repeat(COLUMN + indent.length + 2) };
        return wrap(before + indent, line.slice(indent.length), options);
      }),
    ),
  ];
  return `${lines.join("\n")}\n`;
}
