import type { VisitorKind } from "../scenario.ts";
import { attacker } from "./attacker.ts";
import type { VisitorBehaviour } from "./mind.ts";
import { nativeApp } from "./native-app.ts";
import { person } from "./person.ts";
import { searchBot } from "./search-bot.ts";
import { slowPhone } from "./slow-phone.ts";

/** How each kind of visitors behaves. */
export const BEHAVIOURS: Readonly<Record<VisitorKind, VisitorBehaviour>> = {
  person,
  "slow-phone": slowPhone,
  "native-app": nativeApp,
  "search-bot": searchBot,
  attacker,
};
