// The ways in: the connections of this computer, and below them the others. Where the rules of the organisation cannot
// be read there is none of them.
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Button } from "../../components/Button";
import { Skeleton } from "../../components/Skeleton";
import { ErrorNotice } from "../../i18n/ErrorNotice";
import { Say, useSay } from "../../i18n/say";
import type { AppError, Profile } from "../../ipc/bindings";
import { useBackend } from "../../ipc/context";
import { filesTroubleQuery, policyQuery, profilesQuery } from "../../queries/connect";
import styles from "./ConnectScreen.module.css";
import { Frame } from "./Frame";
import { OtherWays, Practise } from "./OtherWays";
import { ProfileCard } from "./ProfileCard";
import { Refused } from "./Refused";
import { type Entrance, PRACTICE } from "./useEntrance";

/** What can be done with a connection besides going in. */
export interface Acts {
  signOut: (profile: Profile) => void;
  remove: (profile: Profile) => void;
}

interface Props {
  entrance: Entrance;
  notice: ReactNode;
  acts: Acts;
  back: { label: ReactNode; onPress: () => void } | null;
}

export function Ways({ entrance, notice, acts, back }: Props) {
  const policy = useQuery(policyQuery(useBackend()));
  if (policy.error)
    return <Closed policy={policy} error={policy.error} entrance={entrance} back={back} />;
  return (
    <Frame
      isFirst
      heading={<Say id="connect.heading" />}
      intro={<Say id="connect.intro" />}
      notice={notice}
      back={back}
    >
      <Found entrance={entrance} acts={acts} />
      {policy.data && <OtherWays entrance={entrance} policy={policy.data} />}
    </Frame>
  );
}

interface Asking {
  isFetching: boolean;
  refetch: () => unknown;
}

interface ClosedProps {
  policy: Asking;
  error: AppError;
  entrance: Entrance;
  back: Props["back"];
}

/** Practice touches nothing of the organisation, and says itself if it does not work either. */
function Closed({ policy, error, entrance, back }: ClosedProps) {
  const { refused } = entrance.goingIn;
  return (
    <Frame isFirst heading={<Say id="connect.closed" />} back={back}>
      <ErrorNotice error={error} task="policy" actions={<LookAgain asking={policy} />} />
      <Practise entrance={entrance} />
      {refused?.profile === PRACTICE && <ErrorNotice error={refused.error} task="connect" />}
    </Frame>
  );
}

function LookAgain({ asking }: { asking: Asking }) {
  return (
    <Button isPending={asking.isFetching} onPress={() => asking.refetch()}>
      <Say id="connect.lookAgain" />
    </Button>
  );
}

/** The connections of this computer; above them why one did not open that is not among them. */
function Found({ entrance, acts }: { entrance: Entrance; acts: Acts }) {
  const say = useSay();
  const query = useQuery(profilesQuery(useBackend()));
  const { data: trouble = null } = useQuery(filesTroubleQuery(useBackend()));
  const profiles = query.data?.filter(({ kind }) => kind !== "practice") ?? [];
  const { refused } = entrance.goingIn;
  const isApart = refused !== null && profiles.every(({ id }) => id !== refused.profile);
  return (
    <>
      {entrance.fileError && <ErrorNotice error={entrance.fileError} task="connectionFile" />}
      {isApart && query.isFetched && (
        <Refused error={refused.error} onInsist={() => entrance.goIn(refused.profile, true)} />
      )}
      {(query.error ?? trouble) && <FilesTrouble error={query.error ?? trouble} asking={query} />}
      {query.isPending && <Skeleton label={say("connect.looking")} rows={3} />}
      {query.isSuccess && !trouble && profiles.length === 0 && <Nothing asking={query} />}
      {profiles.length > 0 && <Cards profiles={profiles} entrance={entrance} acts={acts} />}
    </>
  );
}

function FilesTrouble({ error, asking }: { error: AppError | null; asking: Asking }) {
  if (error === null) return null;
  return <ErrorNotice error={error} task="profiles" actions={<LookAgain asking={asking} />} />;
}

function Nothing({ asking }: { asking: Asking }) {
  return (
    <section className={styles.none}>
      <h2>
        <Say id="connect.none.heading" />
      </h2>
      <p>
        <Say id="connect.none.body" />
      </p>
      <LookAgain asking={asking} />
    </section>
  );
}

interface CardsProps {
  profiles: readonly Profile[];
  entrance: Entrance;
  acts: Acts;
}

function Cards({ profiles, entrance, acts }: CardsProps) {
  const say = useSay();
  const { pending, refused } = entrance.goingIn;
  return (
    <ul className={styles.profiles} aria-label={say("connect.profiles")}>
      {profiles.map((profile) => (
        <ProfileCard
          key={profile.id}
          profile={profile}
          isPending={pending === profile.id}
          error={refused?.profile === profile.id ? refused.error : null}
          onPress={() => entrance.enter(profile)}
          onInsist={() => entrance.goIn(profile.id, true)}
          onSignIn={() =>
            profile.organisation &&
            entrance.signIn(profile.organisation, { kind: "profile", profile })
          }
          onSignOut={() => acts.signOut(profile)}
          onRemove={() => acts.remove(profile)}
        />
      ))}
    </ul>
  );
}
