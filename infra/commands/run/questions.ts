import input from "@inquirer/input";
import select from "@inquirer/select";
import { withoutSecrets } from "../../console/without-secrets.ts";
import { UserError } from "../../errors/user-error.ts";
import type { Questions } from "../../init/questions.ts";
import { escapedLines } from "../../text/printable.ts";
import { readable } from "../../text/readable.ts";
import { answerTo } from "./terminal.ts";

/** Asks at the terminal of this process. */
export const terminalQuestions: Questions = {
  text: async ({ message, initial, check }) => {
    const answer = await answerTo(
      input({
        message: safe(message),
        ...(initial !== undefined && { default: initial }),
        validate: (text) => {
          const wrong = check(text.trim());
          return wrong === undefined ? true : safe(wrong);
        },
      }),
    );
    return answered(answer).trim();
  },
  choice: async ({ message, choices, initial }) => {
    const answer = await answerTo(
      select({
        message: safe(message),
        choices: choices.map(({ value, name }) => ({ value, name: safe(name) })),
        ...(initial !== undefined && { default: initial }),
      }),
    );
    return answered(answer);
  },
};

/** Names come from an account, and proposals from a page. */
function safe(text: string): string {
  return readable(escapedLines(withoutSecrets(text)));
}

function answered<Answer>(answer: Answer | undefined): Answer {
  if (answer !== undefined) return answer;
  throw new UserError(
    "init-unanswered",
    "A question got no answer, so nothing was written. Run it again, or give the answers as options: " +
      "npx queueit-cf init --help",
  );
}
