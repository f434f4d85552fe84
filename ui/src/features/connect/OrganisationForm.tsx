// Which organisation to sign in with: its start page and where it is kept. What this computer knows of one already is
// filled in.
import { useQuery } from "@tanstack/react-query";
import { type ComponentProps, type FormEvent, useState } from "react";
import { Button } from "../../components/Button";
import { Field } from "../../components/Field";
import { Select } from "../../components/Select";
import { Say, useSay } from "../../i18n/say";
import type { Organisation } from "../../ipc/bindings";
import { useBackend } from "../../ipc/context";
import { profilesQuery } from "../../queries/connect";
import { Frame } from "./Frame";
import styles from "./form.module.css";
import { regions } from "./regions";
import { startPageOf } from "./startPage";
import type { Entrance } from "./useEntrance";

interface Props {
  entrance: Entrance;
  back: ComponentProps<typeof Frame>["back"];
}

export function OrganisationForm({ entrance, back = null }: Props) {
  const { data: profiles = [] } = useQuery(profilesQuery(useBackend()));
  const known = profiles.find(({ organisation }) => organisation !== null)?.organisation ?? null;
  return (
    <Frame
      heading={<Say id="organisation.heading" />}
      intro={<Say id="organisation.intro" />}
      back={back}
    >
      <Form known={known} onGo={(chosen) => entrance.signIn(chosen, { kind: "new" })} />
    </Frame>
  );
}

interface FormProps {
  known: Organisation | null;
  onGo: (organisation: Organisation) => void;
}

function Form({ known, onGo }: FormProps) {
  const say = useSay();
  const [typed, setTyped] = useState(known?.startUrl ?? "");
  const [region, setRegion] = useState<string | null>(known?.region ?? null);
  const [isTried, setTried] = useState(false);
  const startUrl = startPageOf(typed);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (startUrl === null || region === null) return;
    const isKnown = startUrl === known?.startUrl && region === known.region;
    onGo({ startUrl, region, session: isKnown ? known.session : null });
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <Field
        autoFocus
        label={say("organisation.start")}
        hint={startUrl !== null && startUrl !== typed ? startUrl : say("organisation.startHint")}
        value={typed}
        onChange={setTyped}
        error={isTried && startUrl === null && <Say id="organisation.startWrong" />}
      />
      <Select
        label={say("organisation.region")}
        placeholder={say("organisation.regionChoose")}
        hint={say("organisation.regionHint")}
        value={region}
        choices={regions.map((code) => ({
          value: code,
          label: say(`region.${code}`),
          detail: code,
        }))}
        onChange={setRegion}
        error={isTried && region === null && <Say id="organisation.regionMissing" />}
      />
      <div className={styles.actions}>
        <Button look="primary" type="submit">
          <Say id="organisation.go" />
        </Button>
      </div>
    </form>
  );
}
