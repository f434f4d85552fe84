// Who the person is signed in as and until when, and behind it the ways elsewhere: another connection, another sign-in,
// the check, signing out, removing.
import { useQuery } from "@tanstack/react-query";
import { ChevronsUpDown, LogIn, LogOut, ShieldCheck, Trash2 } from "lucide-react";
import { MenuTrigger, Button as PlainButton } from "react-aria-components";
import { type Choice, type Section, SectionMenu } from "../../components/Menu";
import { Monogram } from "../../components/Monogram";
import { Name } from "../../components/Name";
import { useFormats } from "../../i18n/format";
import { initials, visible } from "../../i18n/names";
import { useProfileName } from "../../i18n/profiles";
import { Say, useSay } from "../../i18n/say";
import type { Connection, Profile } from "../../ipc/bindings";
import { useBackend } from "../../ipc/context";
import { policyQuery, profilesQuery } from "../../queries/connect";
import styles from "./AccountMenu.module.css";
import { useAbout, useStanding } from "./about";

interface Props {
  connection: Connection;
  /** In milliseconds. */
  now: number;
  /** On the way to another connection. */
  isSwitching: boolean;
  acts: AccountActs;
}

export interface AccountActs {
  switchTo: (profile: Profile) => void;
  others: () => void;
  check: () => void;
  signOut: (profile: Profile) => void;
  remove: (profile: Profile) => void;
}

export function AccountMenu({ connection, now, isSwitching, acts }: Props) {
  const say = useSay();
  const name = useProfileName(connection.profile);
  const others = useOthers(connection.profile, now, acts);
  const own = useOwn(connection.profile, acts);
  return (
    <MenuTrigger>
      <PlainButton className={styles.card ?? ""} isPending={isSwitching}>
        <Monogram letters={initials(name, 1)} look="solid" />
        <span className={styles.words}>
          <b>
            <Name>{name}</Name>
          </b>{" "}
          <small>
            {isSwitching ? (
              <Say id="connect.signingIn" />
            ) : (
              <SignedIn connection={connection} now={now} />
            )}
          </small>
        </span>{" "}
        <span className={styles.switch} title={say("account.menu")}>
          <ChevronsUpDown aria-hidden="true" />
          <span className={styles.said}>
            <Say id="account.menu" />
          </span>
        </span>
      </PlainButton>
      <SectionMenu head={<Head connection={connection} now={now} />} sections={[others, own]} />
    </MenuTrigger>
  );
}

/** The whole of what the card has room for, and what holds here. */
function Head({ connection, now }: Pick<Props, "connection" | "now">) {
  const name = useProfileName(connection.profile);
  const about = useAbout();
  const { data: policy } = useQuery(policyQuery(useBackend()));
  return (
    <>
      <b>{name}</b>
      <small className={styles.about}>{about(connection.profile)}</small>
      <small className={styles.about}>
        <SignedIn connection={connection} now={now} />
      </small>
      {policy?.isAudited && (
        <small className={styles.about}>
          <Say id="connect.audited" />
        </small>
      )}
    </>
  );
}

/** The other connections of this computer, and the way to add one. */
function useOthers(here: Profile, now: number, acts: AccountActs): Section {
  const say = useSay();
  const standing = useStanding();
  const { data = [] } = useQuery(profilesQuery(useBackend()));
  const others = data.filter(({ id, kind }) => id !== here.id && kind !== "practice");
  const choices: Choice[] = others.map((profile) => ({
    id: profile.id,
    label: profile.kind === "environment" ? say("account.environmentName") : visible(profile.name),
    detail: standing(profile, now).words,
    icon: (
      <Monogram letters={initials(profile.name, 1)} look={profile.isDefault ? "solid" : "soft"} />
    ),
    onAction: () => acts.switchTo(profile),
  }));
  choices.push({
    id: "others",
    label: say("account.others"),
    icon: <LogIn aria-hidden="true" />,
    onAction: acts.others,
  });
  return {
    id: "others",
    heading: say("account.switchTo"),
    label: say("account.switchTo"),
    choices,
  };
}

function useOwn(profile: Profile, acts: AccountActs): Section {
  const say = useSay();
  const choices: Choice[] = [
    {
      id: "check",
      label: say("account.check"),
      icon: <ShieldCheck aria-hidden="true" />,
      onAction: acts.check,
    },
  ];
  if (profile.organisation)
    choices.push({
      id: "out",
      label: say("account.signOut"),
      icon: <LogOut aria-hidden="true" />,
      onAction: () => acts.signOut(profile),
    });
  if (profile.isOwn)
    choices.push({
      id: "remove",
      label: say("account.remove"),
      icon: <Trash2 aria-hidden="true" />,
      onAction: () => acts.remove(profile),
    });
  return { id: "own", label: say("account.here"), choices };
}

function SignedIn({ connection, now }: { connection: Connection; now: number }) {
  const formats = useFormats();
  const { profile, until } = connection;
  if (profile.kind === "practice") return <Say id="account.practice" />;
  if (until.kind !== "at") return <Say id="account.signedIn" />;
  if (until.at * 1000 <= now)
    return (
      <span className={styles.ended}>
        <Say id="account.ended" />
      </span>
    );
  return <Say id="account.until" values={{ time: formats.brief(until.at, now) }} />;
}
