// One way in, and beside it why it did not open.
import { ChevronRight } from "lucide-react";
import { Button as PlainButton } from "react-aria-components";
import { Monogram } from "../../components/Monogram";
import { Name } from "../../components/Name";
import { initials, visible } from "../../i18n/names";
import { useProfileName } from "../../i18n/profiles";
import { Say } from "../../i18n/say";
import type { AppError, Profile } from "../../ipc/bindings";
import styles from "./ConnectScreen.module.css";
import { Refused } from "./Refused";

interface Props {
  profile: Profile;
  isPending: boolean;
  error: AppError | null;
  onPress: () => void;
  onInsist: () => void;
}

export function ProfileCard({ profile, isPending, error, onPress, onInsist }: Props) {
  const name = useProfileName(profile);
  return (
    <li className={styles.item}>
      <PlainButton className={styles.profile ?? ""} isPending={isPending} onPress={onPress}>
        <Monogram letters={initials(name, 1)} look={profile.isDefault ? "solid" : "soft"} />
        <span className={styles.words}>
          <span className={styles.title}>
            <Name>{name}</Name>{" "}
            {profile.isDefault && (
              <span className={styles.chip}>
                <Say id="connect.default" />
              </span>
            )}
          </span>{" "}
          <span className={styles.kind}>
            <Say id={isPending ? "connect.signingIn" : `connect.kind.${profile.kind}`} />
            {profile.detail && !isPending && (
              <>
                <span aria-hidden="true">·</span>
                <Name>{visible(profile.detail)}</Name>
              </>
            )}
          </span>
        </span>
        <ChevronRight aria-hidden="true" className={styles.arrow} />
      </PlainButton>
      {error && <Refused error={error} onInsist={onInsist} />}
    </li>
  );
}
