import type { VariableList } from "./command-variable.ts";

export const MACHINE = {
  NO_COLOR: { meaning: "Any value: no colours.", readBy: "every command", standard: "as `FORCE_COLOR`" },
  FORCE_COLOR: {
    meaning: "Colours also where there is no terminal; `0` or `false`: none.",
    readBy: "every command",
    standard: "colours on a terminal",
  },
  TERM: { meaning: "`dumb`: no colours.", readBy: "every command", standard: "as the terminal sets it" },
  COLUMNS: {
    meaning: "Characters in a line.",
    readBy: "every command",
    standard: "the terminal's, else 80",
  },
  HOME: {
    meaning: "Your home folder: settings of Terraform and AWS are looked for there.",
    readBy: "every command that plans, `doctor`",
    standard: "as the system knows it",
  },
  PATH: {
    meaning: "Folders in which Terraform, OpenTofu and git are looked for.",
    readBy: "every command that plans, `doctor`",
    standard: "as the shell sets it",
  },
  "<…>_PROXY": {
    meaning: "A proxy. A password in its address is hidden wherever it turns up, and kept from workerd.",
    readBy: "every command, Terraform",
    standard: "none",
  },
  TSX_DISABLE_CACHE: {
    meaning: "`1`: TypeScript is compiled anew each time. In a checkout only.",
    readBy: "every command",
    standard: "none",
  },
} as const satisfies VariableList;
