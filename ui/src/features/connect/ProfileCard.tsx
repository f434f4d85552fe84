// One way in: what it is, whether it can be used now, and beside it why it did not open.
import { ChevronRight, Ellipsis, LogOut, Trash2 } from "lucide-react";
import { MenuTrigger, Button as PlainButton } from "react-aria-components";
import { IconButton } from "../../components/Button";
import { type Choice, SectionMenu } from "../../components/Menu";
import { Monogram } from "../../components/Monogram";
import { Name } from "../../components/Name";
import { initials, isolated } from "../../i18n/names";
import { useProfileName } from "../../i18n/profiles";
import { Say, useSay } from "../../i18n/say";
import type { AppError, Profile } from "../../ipc/bindings";
import { useClock } from "../../ipc/context";
import { useAbout, useStanding } from "./about";
import styles from "./ProfileCard.module.css";
import { Refused } from "./Refused";

interface Props {
  profile: Profile;
  isPending: boolean;
  error: AppError | null;
  onPress: () => void;
  onInsist: () => void;
  onSignIn: () => void;
  onSignOut: () => void;
  onRemove: () => void;
}

export function ProfileCard({ profile, isPending, error, onPress, ...acts }: Props) {
  return (
    <li className={styles.item}>
      <div className={styles.card}>
        <PlainButton className={styles.way ?? ""} isPending={isPending} onPress={onPress}>
          <Words profile={profile} isPending={isPending} />
          <ChevronRight aria-hidden="true" className={styles.arrow} />
        </PlainButton>
        <More profile={profile} onSignOut={acts.onSignOut} onRemove={acts.onRemove} />
      </div>
      {error && (
        <Refused
          error={error}
          onInsist={acts.onInsist}
          onSignIn={profile.organisation ? acts.onSignIn : null}
        />
      )}
    </li>
  );
}

function Words({ profile, isPending }: { profile: Profile; isPending: boolean }) {
  const name = useProfileName(profile);
  const about = useAbout();
  const now = useClock()();
  const { words, tone } = useStanding()(profile, now);
  return (
    <>
      <Monogram letters={initials(name, 1)} look={profile.isDefault ? "solid" : "soft"} />
      <span className={styles.words}>
        <span className={styles.title}>
          <Name>{name}</Name> {profile.isDefault && <Chip id="connect.default" />}
          {profile.isForSession && <Chip id="connect.forSession" />}
        </span>{" "}
        <span className={styles.kind}>{about(profile)}</span>
      </span>{" "}
      <span className={styles.standing} data-tone={tone}>
        {isPending ? <Say id="connect.signingIn" /> : words}
      </span>
    </>
  );
}

function Chip({ id }: { id: "connect.default" | "connect.forSession" }) {
  return (
    <>
      <span className={styles.chip}>
        <Say id={id} />
      </span>{" "}
    </>
  );
}

type MoreProps = Pick<Props, "profile" | "onSignOut" | "onRemove">;

function More({ profile, onSignOut, onRemove }: MoreProps) {
  const say = useSay();
  const name = useProfileName(profile);
  const { organisation, standing, isOwn } = profile;
  const choices: Choice[] = [];
  if (organisation && (standing.kind === "until" || standing.kind === "ready"))
    choices.push({
      id: "out",
      label: say("account.signOut"),
      icon: <LogOut aria-hidden="true" />,
      onAction: onSignOut,
    });
  if (isOwn)
    choices.push({
      id: "remove",
      label: say("account.removeOther"),
      icon: <Trash2 aria-hidden="true" />,
      onAction: onRemove,
    });
  if (choices.length === 0) return <span className={styles.more} />;
  const label = say("connect.more", { name: isolated(name) });
  return (
    <span className={styles.more}>
      <MenuTrigger>
        <IconButton label={label}>
          <Ellipsis aria-hidden="true" />
        </IconButton>
        <SectionMenu sections={[{ id: "acts", label, choices }]} />
      </MenuTrigger>
    </span>
  );
}
