// Who is signed in, and what becomes of that: going in, switching, signing out, removing. What was done is told on the
// screen that comes after it.
import { useRef, useState } from "react";
import { useEntrance } from "../features/connect/useEntrance";
import type { AppError, Connection, Forgotten, Place, Profile } from "../ipc/bindings";
import type { Start } from "../queries/connect";
import { useSignOut } from "../queries/waysIn";

export type Told =
  | { kind: "signedOut"; name: string }
  | { kind: "removed"; name: string; forgotten: Forgotten }
  | { kind: "stillIn"; error: AppError };

export type Session = ReturnType<typeof useSession>;

export function useSession(start: Start) {
  const [connection, setConnection] = useState<Connection | null>(start.connection);
  const [told, setTold] = useState<Told | null>(null);
  const [removing, setRemoving] = useState<Profile | null>(null);
  const place = useRef<Place | null>(start.connection && start.recalled.place);
  const { mutate: signOut } = useSignOut();
  const entrance = useEntrance(start.refusal, (next) => {
    if (next.profile.id !== connection?.profile.id) place.current = null;
    setTold(null);
    setConnection(next);
  });
  const forget = ({ id }: Profile) => {
    if (id !== connection?.profile.id) return;
    place.current = null;
    setConnection(null);
  };
  return {
    ...{ connection, setConnection, told, removing, setRemoving, entrance },
    /** Where the work was when it was left, for whoever comes back to it. */
    place,
    acts: {
      remove: setRemoving,
      signOut: (profile: Profile) =>
        signOut(profile.id, {
          onSuccess: () => {
            setTold({ kind: "signedOut", name: profile.name });
            forget(profile);
          },
          onError: (error) => setTold({ kind: "stillIn", error }),
        }),
    },
    removed: (profile: Profile, forgotten: Forgotten) => {
      setRemoving(null);
      setTold({ kind: "removed", name: profile.name, forgotten });
      forget(profile);
    },
  };
}
