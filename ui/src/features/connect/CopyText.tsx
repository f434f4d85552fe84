// A button that copies a text, and says whether it did.
import { Button } from "../../components/Button";
import { type MessageId, Say } from "../../i18n/say";
import { useCopyText } from "../../queries/share";

export function CopyText({ text, label }: { text: string; label: MessageId }) {
  const copy = useCopyText();
  const said = copy.isSuccess
    ? "organisation.copied"
    : copy.isError
      ? "organisation.notCopied"
      : label;
  return (
    <Button onPress={() => copy.mutate(text)}>
      <Say id={said} />
    </Button>
  );
}
