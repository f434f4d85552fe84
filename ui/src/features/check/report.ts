// The findings as text for IT: the sentences of the screen, and under each what is technical about it.
import { useSay } from "../../i18n/say";
import { technicalText } from "../../i18n/trouble";
import type { Finding, Place } from "../../ipc/bindings";

export const titleOf = ({ step, outcome }: Finding) =>
  outcome === "fine"
    ? (`check.step.${step}` as const)
    : outcome === "skipped"
      ? (`check.skipped.${step}` as const)
      : (`check.not.${step}` as const);

export const isBad = ({ outcome }: Finding) => outcome === "refused" || outcome === "failed";

interface Reported {
  profile: string;
  place: Place | null;
  findings: readonly Finding[];
}

export function useReport() {
  const say = useSay();
  return ({ profile, place, findings }: Reported): string => {
    const head = [say("check.heading"), profile, place && `s3://${place.bucket}/${place.prefix}`];
    const parts = findings.map((finding) => {
      const { outcome, fact, error, statement } = finding;
      const line = `[${say(`check.sign.${outcome}`)}] ${say(titleOf(finding))}`;
      const below = [fact, error && technicalText(error), statement].filter(Boolean).join("\n");
      return below === "" ? line : `${line}\n${below.replaceAll(/^/gm, "    ")}`;
    });
    return [head.filter(Boolean).join("\n"), ...parts].join("\n\n");
  };
}
