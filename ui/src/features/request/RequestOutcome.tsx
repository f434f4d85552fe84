// What came of asking for files: the link is copied, or is there to be copied by hand.
import { CircleCheck, ClipboardX } from "lucide-react";
import { Button } from "../../components/Button";
import { TakeAway } from "../../components/Field";
import { Notice } from "../../components/Notice";
import { useFormats } from "../../i18n/format";
import { isolated, placeName } from "../../i18n/names";
import { Say, useSay } from "../../i18n/say";
import type { Place, UploadLink } from "../../ipc/bindings";
import styles from "./RequestPanel.module.css";

interface Props {
  link: UploadLink | undefined;
  onOpen: (place: Place) => void;
}

export function RequestOutcome({ link, onOpen }: Props) {
  return (
    <div role="status" className={styles.outcome}>
      {link && <Made link={link} onOpen={onOpen} />}
    </div>
  );
}

function Made({ link, onOpen }: Required<Props> & { link: UploadLink }) {
  const say = useSay();
  const moment = useFormats().moment(link.end.expiresAt);
  const folder = isolated(placeName(link.folder));
  return (
    <Notice
      tone={link.copied ? "good" : "warn"}
      icon={link.copied ? <CircleCheck aria-hidden="true" /> : <ClipboardX aria-hidden="true" />}
      title={<Say id={link.copied ? "request.done" : "request.byHand"} />}
      actions={
        <Button onPress={() => onOpen(link.folder)}>
          <Say id="request.open" />
        </Button>
      }
    >
      <p>
        <Say id="request.doneBody" values={{ moment, folder }} />
      </p>
      {!link.copied && <TakeAway label={say("link.byHandLabel")} value={link.url} />}
    </Notice>
  );
}
