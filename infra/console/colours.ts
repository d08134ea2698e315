import pc from "picocolors";

/**
 * Whether to use colours: on a terminal only, and not with NO_COLOR. picocolors alone would colour the logs of a CI.
 * Node leaves `isTTY` out where there is no terminal, and picocolors takes that for "as you like".
 */
export const wantsColours = (process.stdout.isTTY as boolean | undefined) === true && pc.isColorSupported;

export const colours = pc.createColors(wantsColours);
