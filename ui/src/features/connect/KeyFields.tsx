// The two keys, typed or pasted, and the session token that few have.
import { ClipboardPaste, KeyRound } from "lucide-react";
import type { ClipboardEvent } from "react";
import { Button } from "../../components/Button";
import { Field } from "../../components/Field";
import { Fold } from "../../components/Fold";
import { ErrorNotice } from "../../i18n/ErrorNotice";
import { isolated } from "../../i18n/names";
import { Say, useSay } from "../../i18n/say";
import type { PastedKey } from "../../ipc/bindings";
import styles from "./form.module.css";
import type { KeyForm } from "./useKeyForm";

export function KeyFields({ form }: { form: KeyForm }) {
  const say = useSay();
  const { fields, pasted, pasting, set, isMissing } = form;
  const onPaste = useBlock(pasting.paste);
  const id = pasted?.accessKeyId;
  return (
    <>
      <Paste form={form} />
      <Field
        label={say("key.id")}
        hint={id ? say("key.id.found", { id: isolated(id) }) : say("key.id.hint")}
        value={fields.id}
        onChange={(typed) => set({ id: typed })}
        onPaste={onPaste}
        error={isMissing("id") && <Say id="key.missing.id" />}
      />
      <Field
        type="password"
        autoComplete="new-password"
        label={say("key.secret")}
        hint={say(pasted?.hasSecret ? "key.secret.found" : "key.secret.hint")}
        value={fields.secret}
        onChange={(secret) => set({ secret })}
        onPaste={onPaste}
        error={isMissing("secret") && <Say id="key.missing.secret" />}
      />
      <Fold summary={say("key.more")}>
        <Field
          type="password"
          autoComplete="new-password"
          label={say("key.token")}
          hint={say("key.token.hint")}
          value={fields.token}
          onChange={(token) => set({ token })}
        />
      </Fold>
    </>
  );
}

/** A whole block, as it comes from a provider's page, is no single field's: the app takes it from the clipboard. */
function useBlock(paste: () => void) {
  return (event: ClipboardEvent<HTMLInputElement>) => {
    if (!/\S\s*[\r\n]\s*\S/.test(event.clipboardData.getData("text"))) return;
    event.preventDefault();
    paste();
  };
}

function Paste({ form: { pasted, pasting } }: { form: KeyForm }) {
  return (
    <div className={styles.paste}>
      <div className={styles.actions}>
        <Button isPending={pasting.isPending} onPress={pasting.paste}>
          <ClipboardPaste aria-hidden="true" />
          <Say id="key.paste" />
        </Button>
        {!pasted && (
          <p className={styles.quiet}>
            <Say id="key.pasteHint" />
          </p>
        )}
      </div>
      <div role="status">
        {pasted && <Found pasted={pasted} onForget={pasting.forget} />}
        {pasting.foundNothing && !pasted && (
          <p className={styles.quiet}>
            <Say id="key.nothing" />
          </p>
        )}
      </div>
      {pasting.error && <ErrorNotice error={pasting.error} task="pasteKey" />}
    </div>
  );
}

function Found({ pasted, onForget }: { pasted: PastedKey; onForget: () => void }) {
  const { accessKeyId: id, hasSecret, hasToken } = pasted;
  const values = { id: isolated(id ?? ""), secret: String(hasSecret), token: String(hasToken) };
  return (
    <p className={styles.found}>
      <KeyRound aria-hidden="true" />
      <span>
        <Say id={id === null ? "key.pastedNoId" : "key.pasted"} values={values} />
      </span>
      <Button look="quiet" onPress={onForget}>
        <Say id="key.unpaste" />
      </Button>
    </p>
  );
}
