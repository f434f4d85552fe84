// The screens of the way in, one at a time.
import type { ReactNode } from "react";
import { isolated } from "../../i18n/names";
import { Say } from "../../i18n/say";
import { AccountChoice } from "./AccountChoice";
import { KeyScreen } from "./KeyScreen";
import { OfferReview } from "./OfferReview";
import { OrganisationForm } from "./OrganisationForm";
import type { Entrance } from "./useEntrance";
import { Waiting } from "./Waiting";
import { type Acts, Ways } from "./Ways";

interface Props {
  entrance: Entrance;
  notice: ReactNode;
  acts: Acts;
  /** What the connection is called to which there is a way back. */
  backTo: string | null;
}

export function ConnectScreen({ entrance, notice, acts, backTo }: Props) {
  const { step, turnTo, leave } = entrance;
  const back = { label: <Say id="connect.back" />, onPress: () => turnTo({ kind: "ways" }) };
  const out = backTo !== null && {
    label: <Say id="connect.backTo" values={{ name: isolated(backTo) }} />,
    onPress: leave,
  };
  if (step.kind === "organisation") return <OrganisationForm entrance={entrance} back={back} />;
  if (step.kind === "waiting") return <Waiting entrance={entrance} />;
  if (step.kind === "account")
    return (
      <AccountChoice
        organisation={step.organisation}
        purpose={step.purpose}
        entrance={entrance}
        back={back}
      />
    );
  if (step.kind === "key")
    return <KeyScreen offer={step.offer} onAdded={entrance.goIn} back={back} />;
  if (step.kind === "offer")
    return <OfferReview offer={step.offer} entrance={entrance} back={back} />;
  return <Ways entrance={entrance} notice={notice} acts={acts} back={out || null} />;
}
