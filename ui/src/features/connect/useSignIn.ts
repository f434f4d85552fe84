// Signing in with an organisation: the person does it in a browser, and this waits. One at a time; a second one, as
// with the code for another computer, takes the place of the first.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { SignInWay } from "../../ipc/backend";
import type { Invitation, Organisation } from "../../ipc/bindings";
import { useBackend } from "../../ipc/context";
import { forgetSeen } from "../../queries/waysIn";

interface Asked {
  organisation: Organisation;
  how: SignInWay;
  onDone: () => void;
}

export type SigningIn = ReturnType<typeof useSignIn>;

export function useSignIn() {
  const backend = useBackend();
  const cache = useQueryClient();
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  const { mutate, reset, ...signing } = useMutation({
    mutationFn: ({ organisation, how }: Asked) => backend.signIn(organisation, how, setInvitation),
    // It may be somebody else by now.
    onSuccess: () => forgetSeen(cache),
  });
  const { mutate: stopAll } = useMutation({ mutationFn: () => backend.stopSignIn() });
  const asked = signing.variables;

  const start = (organisation: Organisation, onDone: () => void, how: SignInWay = "browser") => {
    setInvitation(null);
    mutate({ organisation, how, onDone }, { onSuccess: onDone });
  };
  const stop = () => {
    if (signing.isPending) stopAll();
    reset();
  };
  return {
    start,
    stop,
    /** The same again, perhaps the other way. */
    restart: (how: SignInWay = asked?.how ?? "browser") => {
      if (!asked) return;
      const again = () => start(asked.organisation, asked.onDone, how);
      if (signing.isPending) stopAll(undefined, { onSettled: again });
      else again();
    },
    how: asked?.how ?? "browser",
    invitation,
    isPending: signing.isPending,
    error: signing.error?.code === "cancelled" ? null : signing.error,
  };
}
