// What is seen of the chosen file: a picture, a player, the beginning of a text, or its icon and why there is no more.
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { Button } from "../../components/Button";
import { Preview } from "../../components/Preview";
import { useFormats } from "../../i18n/format";
import { endingOf, fileKind } from "../../i18n/kinds";
import { visible } from "../../i18n/names";
import { Say, useSay } from "../../i18n/say";
import { troubleOf } from "../../i18n/trouble";
import type { AppError, Sight } from "../../ipc/bindings";
import { useBackend } from "../../ipc/context";
import { lookId, textQuery, troubleQuery } from "../../queries/preview";
import { Played, Seen, Written } from "./sights";
import type { Looked } from "./useLook";

export function FilePreview({ looked }: { looked: Looked }) {
  const say = useSay();
  const { file, isAnew, again } = looked;
  const { seen, isComing, note, error } = useShown(looked);
  return (
    <Preview
      kind={fileKind(file.name)}
      ending={visible(endingOf(file.name))}
      coming={isComing ? say("preview.coming") : null}
      note={error ? <WhyNot error={error} /> : note}
      action={
        error &&
        error.code !== "requesterPays" && (
          <Button look="quiet" isPending={isAnew} onPress={again}>
            <Say id="preview.again" />
          </Button>
        )
      }
    >
      {seen}
    </Preview>
  );
}

interface Shown {
  seen?: ReactNode;
  isComing?: boolean;
  note?: ReactNode;
  error?: AppError | null;
}

function useShown({ file, look, error }: Looked): Shown {
  const backend = useBackend();
  // Another look is another picture, also of the same file.
  const id = (look && lookId(look)) ?? "";
  const [loaded, setLoaded] = useState("");
  const [failed, setFailed] = useState("");
  const hasFailed = id !== "" && failed === id;
  const text = useQuery({ ...textQuery(backend, id), enabled: look?.sight.kind === "text" });
  const trouble = useQuery({ ...troubleQuery(backend, id), enabled: hasFailed });
  if (error !== null) return { error };
  if (look === null) return { isComing: true };
  if (hasFailed) {
    if (trouble.isPending) return { isComing: true };
    return { error: trouble.error ?? trouble.data, note: <NotShown sight={look.sight} /> };
  }
  const { sight } = look;
  const shared = { name: file.name, onFail: () => setFailed(id) };
  switch (sight.kind) {
    case "picture":
    case "page":
      return {
        seen: <Seen key={id} {...shared} sight={sight} onSeen={() => setLoaded(id)} />,
        isComing: loaded !== id,
      };
    case "text":
      if (text.isPending) return { isComing: true };
      if (!text.data) return { error: text.error };
      if (text.data.text === null) return { note: <NotShown sight={sight} /> };
      return {
        seen: <Written key={id} name={file.name} text={text.data.text} />,
        note: text.data.isCut && <Say id="preview.textCut" />,
      };
    case "video":
    case "sound":
      return { seen: <Played key={id} {...shared} sight={sight} /> };
    case "unread":
      return { error: sight.error };
    case "unknown":
      return {};
    case "empty":
      return { note: <Say id="preview.empty" /> };
    case "archived":
      return { note: <Say id="preview.archived" /> };
    case "tooLarge":
      return { note: <TooLarge limit={sight.limit} /> };
  }
}

/** Its bytes came, and are not understood here. */
function NotShown({ sight }: { sight: Sight }) {
  const isPlayed = sight.kind === "video" || sight.kind === "sound";
  return <Say id={isPlayed ? "preview.notPlayed" : "preview.notDrawn"} />;
}

function TooLarge({ limit }: { limit: number }) {
  const formats = useFormats();
  return <Say id="preview.tooLarge" values={{ limit: formats.size(limit) }} />;
}

/** Looking failed, which need not keep anybody from making a link: said in passing. */
function WhyNot({ error }: { error: AppError }) {
  const formats = useFormats();
  if (error.code === "requesterPays") return <Say id="preview.paid" />;
  const { why, values } = troubleOf(error, "look", formats);
  return (
    <>
      <Say id="preview.none" /> <Say id={why} values={values} />
    </>
  );
}
