// The ways in which a file is seen.
import { useQuery } from "@tanstack/react-query";
import { Maximize2 } from "lucide-react";
import { useState } from "react";
import { IconButton } from "../../components/Button";
import type { Pictured } from "../../components/FileIcon";
import { Closer, LargePicture, Picture } from "../../components/Picture";
import { Player } from "../../components/Player";
import { Preview } from "../../components/Preview";
import { TextSample } from "../../components/TextSample";
import { isolated, visible, visibleText } from "../../i18n/names";
import { Say, useSay } from "../../i18n/say";
import type { Sight } from "../../ipc/bindings";
import { useBackend } from "../../ipc/context";
import { textQuery } from "../../queries/preview";
import { playTime } from "./playTime";

interface Props {
  tile: { kind: Pictured; ending: string };
  name: string;
}

type Of<Kind extends Sight["kind"]> = Extract<Sight, { kind: Kind }>;

export function Seen({
  tile,
  name,
  sight,
  onFail,
}: Props & { sight: Of<"picture"> | Of<"page">; onFail: () => void }) {
  const say = useSay();
  const [isSeen, setSeen] = useState(false);
  const [isCloser, setCloser] = useState(false);
  const alt = say(sight.kind === "page" ? "preview.page" : "preview.picture", {
    name: isolated(name),
  });
  return (
    <Preview {...tile} {...(isSeen ? {} : { coming: say("preview.coming") })}>
      <Picture
        src={sight.url}
        alt={alt}
        largerLabel={say("preview.larger", { name: isolated(name) })}
        onSeen={() => setSeen(true)}
        onFail={onFail}
        onLarger={() => setCloser(true)}
      />
      {isCloser && (
        <Closer label={visible(name)} close={say("preview.close")} onClose={() => setCloser(false)}>
          <LargePicture src={sight.large} small={sight.url} alt={alt} />
        </Closer>
      )}
    </Preview>
  );
}

export function Written({ tile, name, id }: Props & { id: string }) {
  const say = useSay();
  const backend = useBackend();
  const [isCloser, setCloser] = useState(false);
  const { data, isError } = useQuery(textQuery(backend, id));
  if (isError || data?.text === null)
    return <Preview {...tile} note={<Say id="preview.notDrawn" />} />;
  if (data === undefined) return <Preview {...tile} coming={say("preview.coming")} />;
  const label = say("preview.text", { name: isolated(name) });
  const text = visibleText(data.text);
  return (
    <Preview {...tile} note={data.isCut && <Say id="preview.textCut" />}>
      <TextSample
        text={text}
        label={label}
        look="tile"
        corner={
          <IconButton
            label={say("preview.larger", { name: isolated(name) })}
            onPress={() => setCloser(true)}
          >
            <Maximize2 aria-hidden="true" />
          </IconButton>
        }
      />
      {isCloser && (
        <Closer label={visible(name)} close={say("preview.close")} onClose={() => setCloser(false)}>
          <TextSample text={text} label={label} look="large" />
        </Closer>
      )}
    </Preview>
  );
}

export function Played({
  tile,
  name,
  sight,
  onFail,
}: Props & { sight: Of<"video"> | Of<"sound">; onFail: () => void }) {
  const say = useSay();
  const time = (at: number, length: number) =>
    length > 0 ? say("preview.time", { at: playTime(at), length: playTime(length) }) : playTime(at);
  return (
    <Preview {...tile}>
      <Player
        src={sight.url}
        isVideo={sight.kind === "video"}
        label={visible(name)}
        play={say("preview.play")}
        pause={say("preview.pause")}
        position={say("preview.position")}
        time={time}
        onFail={onFail}
      />
    </Preview>
  );
}
