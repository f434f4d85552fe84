// An access key: whose storage it is for, the two keys, and a name. It is checked before it is kept.
import type { ComponentProps, FormEvent } from "react";
import { Button } from "../../components/Button";
import { Field } from "../../components/Field";
import { isolated } from "../../i18n/names";
import { Say, useSay } from "../../i18n/say";
import type { ProfileId } from "../../ipc/backend";
import type { ConnectionOffer } from "../../ipc/bindings";
import { Frame } from "./Frame";
import styles from "./form.module.css";
import { KeyFields } from "./KeyFields";
import { NotAdded } from "./NotAdded";
import { ProviderFields } from "./ProviderFields";
import { hostOf } from "./presets";
import { type KeyForm, useKeyForm } from "./useKeyForm";

interface Props {
  /** The connection file that asks for the key. */
  offer: ConnectionOffer | null;
  onAdded: (profile: ProfileId, insistsOnHttp: boolean) => void;
  back: ComponentProps<typeof Frame>["back"];
}

export function KeyScreen({ offer, onAdded, back = null }: Props) {
  const form = useKeyForm(offer, onAdded);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    form.submit();
  };
  return (
    <Frame heading={<Say id="key.heading" />} intro={<Say id="key.intro" />} back={back}>
      <form className={styles.form} onSubmit={submit} noValidate>
        {offer ? <Offered offer={offer} /> : <ProviderFields form={form} />}
        <div className={styles.part}>
          <KeyFields form={form} />
        </div>
        {!offer && <Named form={form} />}
        {form.error && (
          <NotAdded
            error={form.error}
            onSessionOnly={() => form.submit({ sessionOnly: true })}
            onInsist={() => form.submit({ insistsOnHttp: true })}
          />
        )}
        <div className={styles.actions}>
          <Button look="primary" type="submit" isPending={form.isChecking}>
            <Say id={form.isChecking ? "key.checking" : "key.check"} />
          </Button>
        </div>
      </form>
    </Frame>
  );
}

function Offered({ offer: { name, signIn } }: { offer: ConnectionOffer }) {
  const endpoint = signIn.kind === "key" ? signIn.endpoint : null;
  return (
    <div>
      <p>
        <Say id="key.forOffer" values={{ name: isolated(name) }} />
      </p>
      {endpoint !== null && (
        <p className={styles.quiet}>
          <Say id="key.at" />: <bdi>{hostOf(endpoint)}</bdi>
        </p>
      )}
    </div>
  );
}

function Named({ form }: { form: KeyForm }) {
  const say = useSay();
  return (
    <div className={styles.part}>
      <Field
        label={say("key.name")}
        hint={say("key.name.hint")}
        value={form.name}
        onChange={(name) => form.set({ name })}
        error={form.isMissing("name") && <Say id="key.missing.name" />}
      />
    </div>
  );
}
