// Going in by a profile, with what may stand between: a code of six digits, or an answer that refuses.
import { useState } from "react";
import type { ProfileId } from "../../ipc/backend";
import type { AppError, Connection } from "../../ipc/bindings";
import { useConnect, type WayIn } from "../../queries/connect";

export interface Refusal {
  profile: ProfileId;
  error: AppError;
}

/** The profile asks for a code, perhaps because the last one was not right. */
export interface CodeQuestion {
  /** What the profile is called. */
  profile: string;
  error: AppError | null;
  isPending: boolean;
  answer: (code: string) => void;
  cancel: () => void;
}

interface Options {
  /** What came of the first try, which was made elsewhere. */
  first?: Refusal | null;
  onConnected: (connection: Connection) => void;
  onRefused?: () => void;
}

export function useGoIn({ first = null, onConnected, onRefused = () => undefined }: Options) {
  const { mutate, reset, ...connect } = useConnect();
  const [earlier, setEarlier] = useState(first);
  const [asks, setAsks] = useState(nameIn(first?.error));
  const tried: WayIn | null = connect.variables ?? (earlier && { profile: earlier.profile });
  const refused: Refusal | null =
    connect.error && tried ? { profile: tried.profile, error: connect.error } : earlier;

  const go = (way: WayIn) => {
    setEarlier(null);
    mutate(way, {
      onSuccess: (connection) => {
        setAsks(null);
        onConnected(connection);
      },
      onError: (error) => {
        const name = nameIn(error);
        setAsks(name);
        if (name === null) onRefused();
      },
    });
  };
  const forget = () => {
    reset();
    setEarlier(null);
    setAsks(null);
  };
  const question: CodeQuestion | null =
    asks !== null && tried !== null
      ? {
          profile: asks,
          error: connect.error?.code === "codeRefused" ? connect.error : null,
          isPending: connect.isPending,
          answer: (code) => go({ ...tried, code }),
          cancel: forget,
        }
      : null;
  return {
    go,
    forget,
    question,
    pending: connect.isPending ? (tried?.profile ?? null) : null,
    refused: asks === null ? refused : null,
  };
}

export type GoingIn = ReturnType<typeof useGoIn>;

/** The profile's name, if it is a code that it wants. */
const nameIn = (error: AppError | undefined): string | null =>
  error?.code === "codeNeeded" || error?.code === "codeRefused" ? error.params.profile : null;
