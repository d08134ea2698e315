import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { Socket } from "node:net";

export interface KeeperOptions {
  /** Folders to remove at the end. */
  readonly folders: readonly string[];
  /**
   * Open file with a lock that has to hold for as long as any of the processes runs.
   * @default none
   */
  readonly lock?: number | undefined;
}

/**
 * Reads process ids until its input closes, which the system does for it when this process is gone. `+` adds
 * one, `-` takes one away. A killed process lasts a moment; only then are its folders removed and the lock
 * given back.
 */
const SCRIPT = `
trap '' HUP INT QUIT TERM
pids=' '
while read -r sign pid; do
  case $sign in
    +) pids="$pids$pid " ;;
    -) pids="\${pids%%" $pid "*} \${pids#*" $pid "}" ;;
  esac
done
for pid in $pids; do kill -KILL "$pid" 2>/dev/null; done
for pid in $pids; do
  for attempt in 1 2 3 4 5 6 7 8 9 10; do
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
  done
done
[ $# -eq 0 ] || rm -rf -- "$@"
`;

/**
 * Ends processes when this one is gone, however it went: nothing here can run after a `kill -9`, so a small
 * process outlives this one for a moment. Windows has no such shell: there, processes may be left behind.
 */
export class Keeper {
  readonly #shell: ChildProcess | undefined;

  private constructor(shell: ChildProcess | undefined) {
    this.#shell = shell;
  }

  /** @throws Error when the system starts no process. */
  static async start({ folders, lock }: KeeperOptions): Promise<Keeper> {
    if (process.platform === "win32") return new Keeper(undefined);
    const shell = spawn("/bin/sh", ["-c", SCRIPT, "queueit-keeper", ...folders], {
      // A group of its own, so that neither Ctrl-C nor the end of the terminal reaches it.
      detached: true,
      cwd: "/",
      stdio: ["pipe", "ignore", "ignore", ...(lock === undefined ? [] : [lock])],
    });
    await once(shell, "spawn");
    // Somebody may end it by hand: then there is nobody left to tell.
    shell.stdin?.on("error", () => undefined);
    shell.unref();
    (shell.stdin as Socket).unref();
    return new Keeper(shell);
  }

  /** Ends the process with this one, unless it ends before. */
  keep(child: ChildProcess): void {
    child.once("spawn", () => {
      this.#tell("+", child);
      child.once("exit", () => {
        this.#tell("-", child);
      });
    });
  }

  /** Ends what is left now. */
  async end(): Promise<void> {
    const shell = this.#shell;
    if (shell?.exitCode !== null || shell.signalCode !== null) return;
    const ended = once(shell, "exit");
    shell.ref();
    shell.stdin?.end();
    await ended;
  }

  #tell(sign: "+" | "-", { pid }: ChildProcess): void {
    if (pid !== undefined) this.#shell?.stdin?.write(`${sign} ${pid}\n`);
  }
}
