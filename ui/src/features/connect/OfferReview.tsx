// What a connection file says, before it is used: how it signs in, what it opens, what it limits and who vouches for it.
import type { ComponentProps } from "react";
import { Button } from "../../components/Button";
import { isolated } from "../../i18n/names";
import { Say, useSay } from "../../i18n/say";
import type { ConnectionOffer } from "../../ipc/bindings";
import { useAddConnection } from "../../queries/waysIn";
import { account as grouped } from "./about";
import { Frame } from "./Frame";
import styles from "./form.module.css";
import { LimitLines, PlaceLines } from "./LimitLines";
import { NotAdded } from "./NotAdded";
import { hostOf } from "./presets";
import type { Entrance } from "./useEntrance";

interface Props {
  offer: ConnectionOffer;
  entrance: Entrance;
  back: ComponentProps<typeof Frame>["back"];
}

export function OfferReview({ offer, entrance, back = null }: Props) {
  const add = useAddConnection();
  const { signIn } = offer;
  const accept = (sessionOnly: boolean) => {
    const { account, role } =
      signIn.kind === "organisation" ? signIn : { account: null, role: null };
    const added = { kind: "offer" as const, offer: offer.id, account, role, sessionOnly };
    add.mutate(added, { onSuccess: entrance.enter });
  };
  const use = () => {
    if (signIn.kind === "key") entrance.turnTo({ kind: "key", offer });
    else if (signIn.kind === "organisation" && (!signIn.account || !signIn.role))
      entrance.signIn(signIn.organisation, { kind: "offer", offer });
    else accept(false);
  };
  return (
    <Frame
      heading={<bdi>{isolated(offer.name)}</bdi>}
      intro={<Say id="offer.heading" />}
      back={back}
    >
      <Facts offer={offer} />
      <div className={styles.actions}>
        <Button look="primary" isPending={add.isPending} onPress={use}>
          <Say id={add.isPending ? "offer.using" : "offer.use"} />
        </Button>
      </div>
      {add.error && <NotAdded error={add.error} onSessionOnly={() => accept(true)} />}
    </Frame>
  );
}

function Facts({ offer }: { offer: ConnectionOffer }) {
  const { signedBy, places, limits } = offer;
  return (
    <dl className={styles.facts}>
      <dt>
        <Say id="offer.signIn" />
      </dt>
      <dd>
        <SignsIn signIn={offer.signIn} />
      </dd>
      <As signIn={offer.signIn} />
      <dt>
        <Say id="offer.places" />
      </dt>
      <dd>
        <PlaceLines places={places} />
      </dd>
      <dt>
        <Say id="offer.limits" />
      </dt>
      <dd>
        <LimitLines limits={limits} />
      </dd>
      <dt>
        <Say id="offer.signed" />
      </dt>
      <dd data-tone={signedBy === null ? "warn" : undefined}>
        {signedBy === null ? <Say id="offer.unsigned" /> : isolated(signedBy)}
      </dd>
    </dl>
  );
}

type SignIn = ConnectionOffer["signIn"];

function SignsIn({ signIn }: { signIn: SignIn }) {
  if (signIn.kind === "profile")
    return <Say id="offer.signIn.profile" values={{ profile: isolated(signIn.profile) }} />;
  if (signIn.kind === "organisation") {
    const host = isolated(hostOf(signIn.organisation.startUrl));
    const { endpoint } = signIn;
    if (endpoint === null) return <Say id="offer.signIn.organisation" values={{ host }} />;
    const at = isolated(hostOf(endpoint));
    return <Say id="offer.signIn.organisationAt" values={{ host, at }} />;
  }
  if (signIn.endpoint === null) return <Say id="offer.signIn.key" />;
  return <Say id="offer.signIn.keyAt" values={{ host: isolated(hostOf(signIn.endpoint)) }} />;
}

function As({ signIn }: { signIn: SignIn }) {
  const say = useSay();
  if (signIn.kind !== "organisation") return null;
  const role = isolated(signIn.role ?? "");
  const account = grouped(signIn.account ?? "");
  const words = () => {
    if (signIn.role && signIn.account) return say("offer.asRole", { role, account });
    if (signIn.role) return say("offer.asRoleAlone", { role });
    return signIn.account ? say("offer.asAccount", { account }) : say("offer.asChosen");
  };
  return (
    <>
      <dt>
        <Say id="offer.as" />
      </dt>
      <dd>{words()}</dd>
    </>
  );
}
