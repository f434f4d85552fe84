// Everything that the storage tells of the file, for who needs to know or to tell.
import { useState } from "react";
import { type Fact, Facts } from "../../components/Facts";
import { Fold } from "../../components/Fold";
import { type Formats, useFormats } from "../../i18n/format";
import { visible } from "../../i18n/names";
import { type MessageId, Say, useSay, type Values } from "../../i18n/say";
import type { FileDetails } from "../../ipc/bindings";
import { useCopyText } from "../../queries/share";
import { fileType } from "./fileType";
import type { Looked } from "./useLook";

export function FileFacts({ looked }: { looked: Looked }) {
  const say = useSay();
  const formats = useFormats();
  const copy = useCopyText();
  const [copied, setCopied] = useState<string | null>(null);
  if (looked.look === null) return null;
  const facts = told(looked.file.name, looked.look.details, say, formats).map(
    ({ id, value, exactly }): Fact => ({
      ...{ id, value: visible(value), label: say(`facts.${id}`) },
      copyLabel: say("facts.copy", { label: say(`facts.${id}`) }),
      isCopied: copied === id && copy.isSuccess,
      onCopy: () => {
        setCopied(id);
        copy.mutate(exactly ?? value);
      },
    }),
  );
  return (
    <Fold summary={say("facts.summary")}>
      <Facts facts={facts} />
      <p role="status">
        {copied !== null && copy.isSuccess && <Say id="facts.copied" />}
        {copied !== null && copy.isError && <Say id="facts.notCopied" />}
      </p>
    </Fold>
  );
}

type FactId =
  | ("type" | "contentType" | "size" | "changed" | "storageClass" | "encryption" | "kmsKey")
  | ("version" | "tags" | "checksum" | "etag" | "address");

interface Told {
  id: FactId;
  value: string;
  /** What is copied, where that is not what is shown. */
  exactly?: string;
}

function told(
  name: string,
  details: FileDetails,
  say: (id: MessageId, values?: Values) => string,
  formats: Formats,
): Told[] {
  const { id, values } = fileType(name, details.contentType);
  const { size, modifiedAt, checksum, tags } = details;
  const line = (fact: FactId, value: string | null): Told[] =>
    value === null ? [] : [{ id: fact, value }];
  return [
    { id: "type", value: say(id, values) },
    ...line("contentType", details.contentType),
    {
      ...{ id: "size", exactly: String(size) },
      value:
        size < 1_000
          ? formats.size(size)
          : say("facts.sizeInBytes", { size: formats.size(size), bytes: size }),
    },
    ...line("changed", modifiedAt === null ? null : formats.fullMoment(modifiedAt)),
    { id: "storageClass", value: details.storageClass ?? "STANDARD" },
    { id: "encryption", value: details.encryption ?? say("facts.notTold") },
    ...line("kmsKey", details.kmsKey),
    ...line("version", details.version),
    { id: "tags", value: tagList(tags, say) },
    ...line("checksum", checksum && `${checksum.algorithm} ${checksum.value}`),
    ...line("etag", details.etag),
    { id: "address", value: details.address },
  ];
}

function tagList(tags: FileDetails["tags"], say: (id: MessageId) => string): string {
  if (tags === null) return say("facts.tagsUnread");
  return tags.length === 0
    ? say("facts.none")
    : tags.map(({ key, value }) => `${key} = ${value}`).join(", ");
}
