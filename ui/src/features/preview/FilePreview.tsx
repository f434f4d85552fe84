// What is seen of the chosen file: a picture, a player, the beginning of a text, or its icon and why there is no more.
import { useState } from "react";
import { Preview } from "../../components/Preview";
import { useFormats } from "../../i18n/format";
import { endingOf, fileKind } from "../../i18n/kinds";
import { visible } from "../../i18n/names";
import { Say, useSay } from "../../i18n/say";
import { troubleOf } from "../../i18n/trouble";
import type { AppError, Sight } from "../../ipc/bindings";
import { Played, Seen, Written } from "./sights";
import type { Looked } from "./useLook";

export function FilePreview({ looked }: { looked: Looked }) {
  const say = useSay();
  const { file, look, error } = looked;
  const tile = { kind: fileKind(file.name), ending: visible(endingOf(file.name)) };
  if (error !== null) return <Preview {...tile} note={<WhyNot error={error} />} />;
  if (look === null) return <Preview {...tile} coming={say("preview.coming")} />;
  // Another look is another picture, also of the same file.
  const id = "id" in look.sight ? look.sight.id : look.sight.kind;
  return <Sighted key={id} tile={tile} name={file.name} sight={look.sight} />;
}

interface SightedProps {
  tile: { kind: ReturnType<typeof fileKind>; ending: string };
  name: string;
  sight: Sight;
}

function Sighted({ tile, name, sight }: SightedProps) {
  const [hasFailed, setFailed] = useState(false);
  const fail = () => setFailed(true);
  switch (sight.kind) {
    case "picture":
    case "page":
      return hasFailed ? (
        <Preview {...tile} note={<Say id="preview.notDrawn" />} />
      ) : (
        <Seen tile={tile} name={name} sight={sight} onFail={fail} />
      );
    case "text":
      return <Written tile={tile} name={name} id={sight.id} />;
    case "video":
    case "sound":
      return hasFailed ? (
        <Preview {...tile} note={<Say id="preview.notPlayed" />} />
      ) : (
        <Played tile={tile} name={name} sight={sight} onFail={fail} />
      );
    case "unknown":
      return <Preview {...tile} />;
    case "empty":
      return <Preview {...tile} note={<Say id="preview.empty" />} />;
    case "archived":
      return <Preview {...tile} note={<Say id="preview.archived" />} />;
    case "tooLarge":
      return <TooLarge tile={tile} limit={sight.limit} />;
  }
}

function TooLarge({ tile, limit }: { tile: SightedProps["tile"]; limit: number }) {
  const formats = useFormats();
  const values = { limit: formats.size(limit) };
  return <Preview {...tile} note={<Say id="preview.tooLarge" values={values} />} />;
}

/** Looking failed, which need not keep anybody from making a link: said in passing. */
function WhyNot({ error }: { error: AppError }) {
  const formats = useFormats();
  if (error.code === "requesterPays") return <Say id="preview.paid" />;
  const { why, values } = troubleOf(error, "open", formats);
  return (
    <>
      <Say id="preview.none" /> <Say id={why} values={values} />
    </>
  );
}
