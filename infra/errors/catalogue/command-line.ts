import type { ErrorEntries } from "../entry.ts";

/** Errors of the command itself: how it was called, where it runs, what it writes. */
export const COMMAND_LINE_ERRORS = {
  usage: {
    what: "The command was called with arguments that it does not understand.",
    why: "An option or an argument is missing, misspelt, or has an invalid value.",
    next: "Run the command with `--help`: it shows every option with an example.",
  },
  "project-missing": {
    what: "What `--project` names is not a folder.",
    why: "It is misspelt, relative to another folder, or not made yet.",
    next: "Name the folder that has `infra/environments/` in it.",
  },
  "env-file": {
    what: "A file that `--env-file` names cannot be read.",
    why: "It is not there, is a pipe that Node.js has emptied, or one of its lines is neither `NAME=value` nor a comment. No value of it was used.",
    next: "Fix the line that the message names. Its value is not shown, since it may be a secret.",
  },
  "environment-missing": {
    what: "The command needs the name of an environment to ask its account or its sites.",
    why: "Several environments may have the same page, and each has its own account, Worker and keys.",
    next: "Name the environment at the end of the command.",
  },
  "environment-unexpected": {
    what: "An environment was named where all of them are checked together.",
    why: "`validate` compares the environments with each other, and accepts a name only with `--configuration`.",
    next: "Leave the name out, or add `--configuration FILE`.",
  },
  interrupted: {
    what: "The command was ended before it was done.",
    why:
      "Ctrl-C, a closed terminal, another program or the system asked it to end, or nothing read its " +
      "output any more. The exit code is 128 plus the number of the signal.",
    next: "The message says what had been done by then and how to continue.",
  },
  fault: {
    what: "There is a bug in this program; your input is not to blame.",
    why: "Something happened that its authors did not foresee. The exit code is 70.",
    next: "Report it, together with the lines that follow the message. Nothing in them is secret.",
  },
  "output-unwritable": {
    what: "What the command prints cannot be written.",
    why: "Standard output goes to a full disk or a device that refuses it.",
    next:
      "Free some space, or send the output elsewhere, and run the command again: what was written is " +
      "not complete.",
  },
  "report-unwritable": {
    what: "A file that the command was asked to write cannot be written.",
    why:
      "Its folder is not there, this user cannot write to it, a folder has its name, the disk is full, or it would " +
      "overwrite something that is read or written too. This is checked before anything else is done.",
    next: "Name a file in a folder that exists, that this user can write to, and that has free space.",
  },
  "report-unreadable": {
    what: "The report that was named cannot be read.",
    why: "It is not there, this user cannot read it, or it is not a file of a sensible size.",
    next: "Name the file that `queueit-cf plan` or `queueit-cf drift` wrote.",
  },
  "file-refused": {
    what: "The system refused a file or folder that the command needs.",
    why: "The folder is read-only, the disk is full, or something else is in the file's place.",
    next: "Do what the message says about that path, then run the command again.",
  },
  "temporary-folder": {
    what: "Nothing can be written to the temporary directory.",
    why: "The disk is full, or this user cannot write there.",
    next: "Free some space there, or name another directory in `TMPDIR`.",
  },
  "locks-unavailable": {
    what: "The package that locks folders does not work here.",
    why: "`fs-native-extensions` was not installed for this system, or has no build for it.",
    next: "Install the packages again: `npm install`. If that does not help, use Linux with glibc, macOS or Windows.",
  },
  url: {
    what: "What was given is not the address of a page.",
    why: "The scheme or the hostname is missing, or it is not an http or https address.",
    next: "Write it in full, for example `https://shop.example.com/tickets`.",
  },
} as const satisfies ErrorEntries;
