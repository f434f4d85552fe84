// The end of a sign-in: said above the list five minutes before, and after it, with the way to sign in again in place.
// It interrupts nothing.
import { Clock } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../../components/Button";
import { Notice } from "../../components/Notice";
import { useFormats } from "../../i18n/format";
import { Say } from "../../i18n/say";
import type { Connection } from "../../ipc/bindings";
import { Refused } from "./Refused";
import type { Renewal } from "./useRenewal";
import { SignInProgress } from "./Waiting";

const SOON_SECONDS = 5 * 60;

interface Props {
  connection: Connection;
  /** In milliseconds. */
  now: number;
  renewal: Renewal;
}

export function Ending({ connection, now, renewal }: Props) {
  const { signingIn, goingIn, goIn, start } = renewal;
  const { until, profile } = connection;
  const isSigningIn = signingIn.isPending || signingIn.error !== null;
  const left = until.kind === "at" ? until.at - now / 1000 : Number.POSITIVE_INFINITY;
  if (isSigningIn)
    return (
      <Notice tone="plain" title={<Say id="organisation.waiting" />}>
        <SignInProgress signingIn={signingIn} onCancel={signingIn.stop} />
      </Notice>
    );
  return (
    <>
      {until.kind === "at" && left <= SOON_SECONDS && (
        <Told at={until.at} isOver={left <= 0} renewal={renewal} />
      )}
      {goingIn.refused && (
        <Refused
          error={goingIn.refused.error}
          onInsist={() => goIn(true)}
          onSignIn={profile.organisation ? start : null}
        />
      )}
    </>
  );
}

/** Said out loud once when it is near and once when it is over. */
function Told({ at, isOver, renewal }: { at: number; isOver: boolean; renewal: Renewal }) {
  const stage = isOver ? "over" : "soon";
  const time = useFormats().time(at);
  return (
    <div role="status">
      <Notice
        tone="warn"
        icon={<Clock aria-hidden="true" />}
        title={<Say id={`ending.${stage}`} values={{ time }} />}
        actions={<RenewButton renewal={renewal} />}
      >
        <p>
          <Say id={`ending.${stage}Body`} /> {!renewal.signsIn && <Say id="ending.doneHint" />}
        </p>
      </Notice>
    </div>
  );
}

export function RenewButton({ renewal }: { renewal: Renewal }): ReactNode {
  return (
    <Button isPending={renewal.isPending} onPress={renewal.start}>
      <Say id={renewal.signsIn ? "ending.signIn" : "ending.done"} />
    </Button>
  );
}
