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
      copy:
        exactly === null
          ? null
          : {
              label: say("facts.copy", { label: say(`facts.${id}`) }),
              isDone: copied === id && copy.isSuccess,
              onPress: () => {
                setCopied(id);
                copy.mutate(exactly);
              },
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
  /** What is copied; null where it is not known. */
  exactly: string | null;
}

function told(
  name: string,
  details: FileDetails,
  say: (id: MessageId, values?: Values) => string,
  formats: Formats,
): Told[] {
  const { id, values } = fileType(name, details.contentType);
  const { size, modifiedAt, storageClass, encryption, checksum, tags } = details;
  const fact = (id: FactId, value: string, exactly: string | null = value): Told => ({
    ...{ id, value, exactly },
  });
  const line = (id: FactId, value: string | null): Told[] =>
    value === null ? [] : [fact(id, value)];
  const expected = (id: FactId, value: string | null): Told =>
    fact(id, value ?? say("facts.notTold"), value);
  const sizeSaid =
    size < 1_000
      ? formats.size(size)
      : say("facts.sizeInBytes", { size: formats.size(size), bytes: size });
  return [
    fact("type", say(id, values)),
    ...line("contentType", details.contentType),
    fact("size", sizeSaid, String(size)),
    ...(modifiedAt === null
      ? []
      : [fact("changed", formats.fullMoment(modifiedAt), rfc3339(modifiedAt))]),
    expected("storageClass", storageClass),
    expected("encryption", encryption),
    ...line("kmsKey", details.kmsKey),
    ...line("version", details.version),
    tagFact(tags, say),
    ...(checksum === null
      ? []
      : [fact("checksum", `${checksum.algorithm} ${checksum.value}`, checksum.value)]),
    ...line("etag", details.etag),
    fact("address", details.address),
  ];
}

const rfc3339 = (at: number) => new Date(at * 1_000).toISOString().replace(".000Z", "Z");

const NO_TAGS = {
  denied: "facts.tagsDenied",
  unsupported: "facts.tagsUnsupported",
  unknown: "facts.notTold",
} as const;

function tagFact(tags: FileDetails["tags"], say: (id: MessageId) => string): Told {
  if (tags.kind !== "read") return { id: "tags", value: say(NO_TAGS[tags.kind]), exactly: null };
  if (tags.tags.length === 0) return { id: "tags", value: say("facts.none"), exactly: null };
  const list = tags.tags.map(({ key, value }) => `${key} = ${value}`).join(", ");
  return { id: "tags", value: list, exactly: list };
}
