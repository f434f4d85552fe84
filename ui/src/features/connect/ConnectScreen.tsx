// The ways in: the profiles of this computer, or practice, which needs nothing.
import { useQuery } from "@tanstack/react-query";
import { Sparkles } from "lucide-react";
import { useState } from "react";
import { Button } from "../../components/Button";
import { Mark } from "../../components/Mark";
import { Skeleton } from "../../components/Skeleton";
import { ErrorNotice } from "../../i18n/ErrorNotice";
import { Say, useSay } from "../../i18n/say";
import type { ProfileId } from "../../ipc/backend";
import type { AppError, Connection, Profile } from "../../ipc/bindings";
import { useBackend } from "../../ipc/context";
import { profilesQuery, useConnect } from "../../queries/connect";
import styles from "./ConnectScreen.module.css";
import { ProfileCard } from "./ProfileCard";
import { Refused } from "./Refused";

interface Props {
  /** Why the last session's way in did not work this time. */
  refusal: { profile: ProfileId; error: AppError } | null;
  notice: React.ReactNode;
  onConnected: (connection: Connection) => void;
}

const PRACTICE: ProfileId = "practice";

export function ConnectScreen({ refusal, notice, onConnected }: Props) {
  const profiles = useQuery(profilesQuery(useBackend()));
  const { mutate, ...connect } = useConnect();
  const [firstRefusal, setFirstRefusal] = useState(refusal);
  const goIn = (profile: ProfileId, insistsOnHttp = false) => {
    setFirstRefusal(null);
    mutate({ profile, insistsOnHttp }, { onSuccess: onConnected });
  };
  const tried = connect.variables?.profile;
  const pending = connect.isPending ? tried : null;
  const refused =
    connect.error && tried !== undefined ? { profile: tried, error: connect.error } : firstRefusal;
  const found = profiles.data?.filter(({ kind }) => kind !== "practice") ?? [];
  const isListed = [PRACTICE, ...found.map(({ id }) => id)].includes(refused?.profile ?? PRACTICE);
  return (
    <main className={styles.screen}>
      <div className={styles.column}>
        {notice}
        <header className={styles.head}>
          <Mark />
          <h1>
            <Say id="connect.heading" />
          </h1>
          <p>
            <Say id="connect.intro" />
          </p>
        </header>
        {refused && !isListed && profiles.isFetched && (
          <Refused error={refused.error} onInsist={() => goIn(refused.profile, true)} />
        )}
        <Found
          profiles={found}
          query={profiles}
          pending={pending}
          refused={refused}
          onChoose={goIn}
          onInsist={(id) => goIn(id, true)}
        />
        <Practise
          isPending={pending === PRACTICE}
          error={refused?.profile === PRACTICE ? refused.error : null}
          onPress={() => goIn(PRACTICE)}
        />
      </div>
    </main>
  );
}

interface FoundProps {
  profiles: readonly Profile[];
  query: {
    isPending: boolean;
    isFetching: boolean;
    error: AppError | null;
    refetch: () => unknown;
  };
  pending: ProfileId | null | undefined;
  refused: { profile: ProfileId; error: AppError } | null;
  onChoose: (id: ProfileId) => void;
  onInsist: (id: ProfileId) => void;
}

function Found({ profiles, query, pending, refused, onChoose, onInsist }: FoundProps) {
  const say = useSay();
  if (query.isPending) return <Skeleton label={say("connect.looking")} rows={3} />;
  const lookAgain = (
    <Button isPending={query.isFetching} onPress={() => query.refetch()}>
      <Say id="connect.lookAgain" />
    </Button>
  );
  if (query.error) return <ErrorNotice error={query.error} task="profiles" actions={lookAgain} />;
  if (profiles.length === 0)
    return (
      <section className={styles.none}>
        <h2>
          <Say id="connect.none.heading" />
        </h2>
        <p>
          <Say id="connect.none.body" />
        </p>
        {lookAgain}
      </section>
    );
  return (
    <ul className={styles.profiles} aria-label={say("connect.profiles")}>
      {profiles.map((profile) => (
        <ProfileCard
          key={profile.id}
          profile={profile}
          isPending={pending === profile.id}
          error={refused?.profile === profile.id ? refused.error : null}
          onPress={() => onChoose(profile.id)}
          onInsist={() => onInsist(profile.id)}
        />
      ))}
    </ul>
  );
}

interface PractiseProps {
  isPending: boolean;
  error: AppError | null;
  onPress: () => void;
}

function Practise({ isPending, error, onPress }: PractiseProps) {
  return (
    <section className={styles.practise}>
      <Button isPending={isPending} onPress={onPress}>
        <Sparkles aria-hidden="true" className={styles.spark} />
        <Say id="connect.practise" />
      </Button>
      <p>
        <Say id="connect.practise.body" />
      </p>
      {error && <ErrorNotice error={error} task="connect" />}
    </section>
  );
}
