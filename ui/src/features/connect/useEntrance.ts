// The way in, from the choice to the connection: which screen of it is on, and how one leads to the next. It is shown
// while nobody is signed in, and over the work when somebody looks for another way.
import { useEffect, useEffectEvent, useState } from "react";
import type { ProfileId } from "../../ipc/backend";
import type {
  AppError,
  Connection,
  ConnectionFileEvent,
  ConnectionOffer,
  Organisation,
  Profile,
} from "../../ipc/bindings";
import { useClock, useConnectionFiles } from "../../ipc/context";
import { type Refusal, useGoIn } from "./useGoIn";
import { useSignIn } from "./useSignIn";

/** What a sign-in with an organisation is for. */
export type Purpose =
  | { kind: "new" }
  | { kind: "profile"; profile: Profile }
  | { kind: "offer"; offer: ConnectionOffer };

export type Step =
  | { kind: "ways" }
  | { kind: "organisation" }
  | { kind: "waiting"; organisation: Organisation; purpose: Purpose }
  | { kind: "account"; organisation: Organisation; purpose: Purpose }
  | { kind: "key"; offer: ConnectionOffer | null }
  | { kind: "offer"; offer: ConnectionOffer };

/** What the practice bucket is known as. */
export const PRACTICE: ProfileId = "practice";

export type Entrance = ReturnType<typeof useEntrance>;

const WAYS: Step = { kind: "ways" };

export function useEntrance(first: Refusal | null, onConnected: (connection: Connection) => void) {
  const clock = useClock();
  const [step, setStep] = useState<Step | null>(null);
  const [fileError, setFileError] = useState<AppError | null>(null);
  const goingIn = useGoIn({
    first,
    onConnected: (connection) => {
      setStep(null);
      onConnected(connection);
    },
    onRefused: () => setStep(WAYS),
  });
  const signingIn = useSignIn();

  const turnTo = (next: Step | null) => {
    if (next?.kind !== "waiting") signingIn.stop();
    setFileError(null);
    setStep(next);
  };
  const goIn = (profile: ProfileId, insistsOnHttp = false) => {
    turnTo(step && WAYS);
    goingIn.go({ profile, insistsOnHttp });
  };
  const signIn = (organisation: Organisation, purpose: Purpose) => {
    goingIn.forget();
    turnTo({ kind: "waiting", organisation, purpose });
    signingIn.start(organisation, () => arrive(organisation, purpose));
  };
  const arrive = (organisation: Organisation, purpose: Purpose) => {
    if (purpose.kind === "profile") goIn(purpose.profile.id);
    else setStep({ kind: "account", organisation, purpose });
  };
  const receive = (event: ConnectionFileEvent) => {
    turnTo(event.kind === "offered" ? { kind: "offer", offer: event.offer } : WAYS);
    if (event.kind === "refused") setFileError(event.error);
  };
  useOpenedFiles(receive);

  return {
    ...{ step: step ?? WAYS, isOpen: step !== null, turnTo, goIn, signIn, receive },
    ...{ goingIn, signingIn, fileError },
    /** As a click on it means it: what is signed out signs in first. */
    enter: (profile: Profile) => {
      const { organisation } = profile;
      if (organisation && isSignedOut(profile, clock()))
        signIn(organisation, { kind: "profile", profile });
      else goIn(profile.id);
    },
    leave: () => {
      goingIn.forget();
      turnTo(null);
    },
  };
}

/** `now` in milliseconds. */
const isSignedOut = ({ standing }: Profile, now: number) =>
  standing.kind === "signedOut" || (standing.kind === "until" && standing.at * 1000 <= now);

function useOpenedFiles(receive: (event: ConnectionFileEvent) => void) {
  const files = useConnectionFiles();
  const hear = useEffectEvent(receive);
  useEffect(() => files.onOpened((event) => hear(event)), [files]);
}
