// Said once when the choices of this session will not be kept. The work goes on.
import { KeyRound, X } from "lucide-react";
import { IconButton } from "../../components/Button";
import { Notice } from "../../components/Notice";
import { Say, useSay } from "../../i18n/say";
import type { Memory } from "../../ipc/bindings";
import styles from "./MemoryNotice.module.css";

interface Props {
  memory: Memory;
  onDismiss: () => void;
}

export function MemoryNotice({ memory, onDismiss }: Props) {
  const say = useSay();
  if (memory === "kept") return null;
  return (
    <div className={styles.frame}>
      <Notice
        tone="warn"
        role="note"
        icon={<KeyRound aria-hidden="true" />}
        title={<Say id={`memory.${memory}.what`} />}
      >
        <p>
          <Say id={`memory.${memory}.why`} /> <Say id={`memory.${memory}.next`} />
        </p>
      </Notice>
      <span className={styles.close}>
        <IconButton label={say("memory.dismiss")} onPress={onDismiss}>
          <X aria-hidden="true" />
        </IconButton>
      </span>
    </div>
  );
}
