// Removing a connection: asked once, with what goes and what stays, and afterwards what was removed.
import { CircleCheck } from "lucide-react";
import { Notice } from "../../components/Notice";
import { Answer, Question } from "../../components/Question";
import { ErrorNotice } from "../../i18n/ErrorNotice";
import { isolated } from "../../i18n/names";
import { Say, useSay } from "../../i18n/say";
import type { Forgotten, Profile } from "../../ipc/bindings";
import { useForgetConnection } from "../../queries/waysIn";

interface Props {
  profile: Profile;
  onRemoved: (forgotten: Forgotten) => void;
  onCancel: () => void;
}

export function Removal({ profile, onRemoved, onCancel }: Props) {
  const say = useSay();
  const forget = useForgetConnection();
  return (
    <Question
      title={<Say id="forget.title" values={{ name: isolated(profile.name) }} />}
      cancel={say("forget.cancel")}
      onCancel={onCancel}
      answers={
        <Answer
          label={say("forget.yes")}
          hint={<Say id="forget.yesHint" />}
          isPending={forget.isPending}
          onPress={() => forget.mutate(profile.id, { onSuccess: onRemoved })}
        />
      }
    >
      <p>
        <Say id="forget.body" />
      </p>
      {forget.error && <ErrorNotice error={forget.error} task="forget" />}
    </Question>
  );
}

export function Removed({ name, forgotten }: { name: string; forgotten: Forgotten }) {
  const { keyringItems: keyring, transfers, signedOut } = forgotten;
  return (
    <Done title={<Say id="forget.done" values={{ name: isolated(name) }} />}>
      <Say id="forget.what" values={{ keyring, transfers, signedOut: String(signedOut) }} />
    </Done>
  );
}

export function SignedOut({ name }: { name: string }) {
  return (
    <Done title={<Say id="signedOut.done" />}>
      <Say id="signedOut.body" values={{ name: isolated(name) }} />
    </Done>
  );
}

function Done({ title, children }: { title: React.ReactNode; children: React.ReactNode }) {
  return (
    <div role="status">
      <Notice tone="good" icon={<CircleCheck aria-hidden="true" />} title={title}>
        <p>{children}</p>
      </Notice>
    </div>
  );
}
