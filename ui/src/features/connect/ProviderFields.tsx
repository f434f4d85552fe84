// Whose storage a key is for, the trap of that provider, and what has to be known to find it.
import { Field } from "../../components/Field";
import { Select } from "../../components/Select";
import { type MessageId, Say, useSay } from "../../i18n/say";
import styles from "./form.module.css";
import { type Asked, fieldsOf, type Provider, providers } from "./presets";
import type { KeyForm } from "./useKeyForm";

export function ProviderFields({ form }: { form: KeyForm }) {
  const say = useSay();
  const { provider } = form.fields;
  const asked = fieldsOf(provider);
  return (
    <>
      <Select
        label={say("key.provider")}
        placeholder=""
        value={provider}
        choices={providers.map((one) => ({ value: one, label: say(`key.provider.${one}`) }))}
        onChange={(chosen) => form.set({ provider: chosen as Provider })}
      />
      <p className={styles.trap} role="note">
        <Say id={`key.trap.${provider}`} />
      </p>
      {asked.length > 0 && (
        <div className={asked.length > 1 ? styles.pair : styles.form}>
          {asked.map((one) => (
            <Field
              key={one}
              label={say(`key.${one}`)}
              hint={say(HINTS[provider][one] ?? `key.${one}`)}
              value={form.fields.where[one]}
              onChange={(text) => form.setWhere(one, text)}
              error={form.isMissing(one) && <Say id={`key.missing.${one}`} />}
            />
          ))}
        </div>
      )}
    </>
  );
}

const HINTS: Record<Provider, Partial<Record<Asked, MessageId>>> = {
  aws: { region: "key.region.aws" },
  r2: { account: "key.account.r2" },
  b2: { address: "key.address.b2" },
  wasabi: { region: "key.region.wasabi" },
  spaces: { region: "key.region.spaces" },
  minio: { address: "key.address.minio", region: "key.region.minio" },
  garage: { address: "key.address.garage", region: "key.region.garage" },
  ceph: { address: "key.address.ceph", region: "key.region.ceph" },
  gcs: {},
  scaleway: { region: "key.region.scaleway" },
  ovh: { region: "key.region.ovh" },
  hetzner: { region: "key.region.hetzner" },
  other: { address: "key.address.other", region: "key.region.other" },
};
