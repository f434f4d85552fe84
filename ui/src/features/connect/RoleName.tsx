// The last step of a new connection through an organisation: its name, and keeping it.
import { type ComponentProps, type FormEvent, useState } from "react";
import { Button } from "../../components/Button";
import { Field } from "../../components/Field";
import { isolated } from "../../i18n/names";
import { Say, useSay } from "../../i18n/say";
import type { Account, Organisation } from "../../ipc/bindings";
import { type Added, useAddConnection } from "../../queries/waysIn";
import { account as grouped } from "./about";
import { Frame } from "./Frame";
import styles from "./form.module.css";
import { NotAdded } from "./NotAdded";
import type { Entrance, Purpose } from "./useEntrance";

interface Props {
  organisation: Organisation;
  account: Account;
  role: string;
  purpose: Purpose;
  entrance: Entrance;
  back?: ComponentProps<typeof Frame>["back"];
}

/** A connection file has named it already. */
const nameFor = ({ purpose, account }: Props) =>
  purpose.kind === "offer" ? purpose.offer.name : account.name;

const addedBy = ({ purpose, organisation, account, role }: Props, name: string): Added => {
  const kept = { sessionOnly: false };
  if (purpose.kind === "offer")
    return { kind: "offer", ...kept, offer: purpose.offer.id, account: account.id, role };
  const made = { name, organisation, account: account.id, role, region: organisation.region };
  return { kind: "role", ...kept, role: made };
};

export function RoleName(props: Props) {
  const say = useSay();
  const { account, role, purpose, entrance, back = null } = props;
  const [name, setName] = useState(nameFor(props));
  const [isTried, setTried] = useState(false);
  const add = useAddConnection();
  const submit = (sessionOnly: boolean) => {
    setTried(true);
    if (name.trim() === "" || add.isPending) return;
    const added = { ...addedBy(props, name.trim()), sessionOnly };
    add.mutate(added, { onSuccess: ({ id }) => entrance.goIn(id) });
  };
  const values = { role: isolated(role), account: grouped(account.id) };
  return (
    <Frame
      heading={<Say id="organisation.name" />}
      intro={<Say id="organisation.nameIntro" values={values} />}
      back={back}
    >
      <form className={styles.form} noValidate onSubmit={onSubmit(() => submit(false))}>
        {purpose.kind !== "offer" && (
          <Field
            autoFocus
            label={say("organisation.nameLabel")}
            value={name}
            onChange={setName}
            error={isTried && name.trim() === "" && <Say id="organisation.nameMissing" />}
          />
        )}
        {add.error && <NotAdded error={add.error} onSessionOnly={() => submit(true)} />}
        <div className={styles.actions}>
          <Button look="primary" type="submit" isPending={add.isPending}>
            <Say id={add.isPending ? "organisation.adding" : "organisation.add"} />
          </Button>
        </div>
      </form>
    </Frame>
  );
}

const onSubmit = (act: () => void) => (event: FormEvent) => {
  event.preventDefault();
  act();
};
