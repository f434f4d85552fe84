// Signing in again without leaving the work: through the organisation where there is one, with a code where one is
// asked for, and otherwise by looking whether the person has done it elsewhere.
import type { Connection } from "../../ipc/bindings";
import { useReadAgain } from "../../queries/connect";
import { useGoIn } from "./useGoIn";
import { useSignIn } from "./useSignIn";

export type Renewal = ReturnType<typeof useRenewal>;

export function useRenewal({ profile }: Connection, onRenewed: (connection: Connection) => void) {
  const readAgain = useReadAgain();
  const signingIn = useSignIn();
  const goingIn = useGoIn({
    onConnected: (connection) => {
      signingIn.stop();
      onRenewed(connection);
      void readAgain();
    },
  });
  const { id, organisation, standing } = profile;
  const goIn = (insistsOnHttp = false) => goingIn.go({ profile: id, insistsOnHttp });
  const isAsked = organisation !== null || standing.kind === "needsCode";
  return {
    ...{ signingIn, goingIn, goIn },
    /** Whether pressing the button signs in; otherwise the person has to do it elsewhere first. */
    signsIn: isAsked,
    isPending: signingIn.isPending || goingIn.pending !== null,
    start: () => (organisation ? signingIn.start(organisation, () => goIn()) : goIn()),
  };
}
