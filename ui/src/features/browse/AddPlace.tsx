// Adding a place by the name or address that IT gave.
import { Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { Dialog, DialogTrigger, Popover } from "react-aria-components";
import { Button } from "../../components/Button";
import { Field } from "../../components/Field";
import { useFormats } from "../../i18n/format";
import { Say, useSay } from "../../i18n/say";
import { troubleOf } from "../../i18n/trouble";
import type { ProfileId } from "../../ipc/backend";
import type { AppError, Place } from "../../ipc/bindings";
import { useAddPlace } from "../../queries/browse";
import styles from "./AddPlace.module.css";
import { SideButton } from "./SideButton";

interface Props {
  profile: ProfileId;
  onAdded: (place: Place) => void;
}

export function AddPlace({ profile, onAdded }: Props) {
  const say = useSay();
  const [isOpen, setOpen] = useState(false);
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <SideButton look="quiet" picture={Plus} title={say("places.add")}>
        <Say id="places.add" />
      </SideButton>
      <Popover className={styles.popover ?? ""} placement="bottom start" offset={4}>
        <Dialog aria-label={say("places.add")} className={styles.dialog ?? ""}>
          <AddPlaceForm
            profile={profile}
            onClose={() => setOpen(false)}
            onAdded={(place) => {
              setOpen(false);
              onAdded(place);
            }}
          />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function AddPlaceForm({ profile, onAdded, onClose }: Props & { onClose: () => void }) {
  const say = useSay();
  const add = useAddPlace(profile);
  const [address, setAddress] = useState("");
  const [isEmpty, setEmpty] = useState(false);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setEmpty(address.trim() === "");
    if (address.trim() !== "") add.mutate(address.trim(), { onSuccess: onAdded });
  };
  const wrong = isEmpty ? <Say id="places.add.empty" /> : add.error && <Wrong error={add.error} />;
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <Field
        autoFocus
        label={say("places.add.label")}
        hint={say("places.add.hint")}
        value={address}
        onChange={(typed) => {
          setAddress(typed);
          setEmpty(false);
          add.reset();
        }}
        error={wrong}
      />
      <div className={styles.actions}>
        <Button look="quiet" onPress={onClose}>
          <Say id="places.add.close" />
        </Button>
        <Button look="primary" type="submit" isPending={add.isPending}>
          <Say id={add.isPending ? "places.add.working" : "places.add.submit"} />
        </Button>
      </div>
    </form>
  );
}

function Wrong({ error }: { error: AppError }) {
  const { what, why, next, values } = troubleOf(error, "addPlace", useFormats());
  return (
    <span role="alert">
      <Say id={what} values={values} /> <Say id={why} values={values} />{" "}
      <Say id={next} values={values} />
    </span>
  );
}
