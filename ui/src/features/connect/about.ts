// What a way in is and whether it can be used now, in one line each.
import { useFormats } from "../../i18n/format";
import { isolated } from "../../i18n/names";
import { useSay } from "../../i18n/say";
import type { Profile } from "../../ipc/bindings";
import { hostOf } from "./presets";

/** "1234 5678 9012": twelve digits are read in groups. */
export const account = (id: string) => isolated(id.replace(/^(\d{4})(\d{4})(\d{4})$/, "$1 $2 $3"));

export function useAbout() {
  const say = useSay();
  const as = (profile: Profile): string => {
    const { role, kind } = profile;
    const kindWords = say(`connect.kind.${kind}`);
    const isOrganisation = kind === "sso" || kind === "webIdentity";
    const values = { role: isolated(role ?? ""), account: account(profile.account ?? "") };
    if (role !== null && profile.account !== null)
      return say(isOrganisation ? "connect.as.bothOrganisation" : "connect.as.both", values);
    if (role !== null)
      return say(isOrganisation ? "connect.as.roleOrganisation" : "connect.as.role", values);
    if (profile.account !== null) return say("connect.as.account", { ...values, kind: kindWords });
    return kindWords;
  };
  return (profile: Profile): string => {
    const { endpoint, role, account: number } = profile;
    if (endpoint === null) return as(profile);
    // Where the files really are is never left out: they are what somebody else may be after.
    const host = isolated(hostOf(endpoint));
    if (role === null && number === null)
      return say("connect.as.host", { kind: as(profile), host });
    return say("connect.as.at", { what: as(profile), host });
  };
}

export type Tone = "good" | "plain" | "warn";

/** `now` in milliseconds. */
export function useStanding() {
  const say = useSay();
  const formats = useFormats();
  return ({ standing }: Profile, now: number): { words: string; tone: Tone } => {
    if (standing.kind === "until") {
      if (standing.at * 1000 <= now) return { words: say("connect.standing.over"), tone: "plain" };
      const time = formats.brief(standing.at, now);
      return { words: say("connect.standing.until", { time }), tone: "good" };
    }
    const tone = standing.kind === "ready" ? "good" : standing.kind === "broken" ? "warn" : "plain";
    return { words: say(`connect.standing.${standing.kind}`), tone };
  };
}
