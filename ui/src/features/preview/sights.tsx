// The ways in which a file is seen.
import { Maximize2 } from "lucide-react";
import { useState } from "react";
import { IconButton } from "../../components/Button";
import { Closer, LargePicture, Picture } from "../../components/Picture";
import { Player } from "../../components/Player";
import { TextSample } from "../../components/TextSample";
import { isolated, visible, visibleText } from "../../i18n/names";
import { useSay } from "../../i18n/say";
import type { Sight } from "../../ipc/bindings";
import { useBackend } from "../../ipc/context";
import { playTime } from "./playTime";

type Of<Kind extends Sight["kind"]> = Extract<Sight, { kind: Kind }>;

interface SeenProps {
  name: string;
  sight: Of<"picture"> | Of<"page">;
  onSeen: () => void;
  onFail: () => void;
}

export function Seen({ name, sight, onSeen, onFail }: SeenProps) {
  const say = useSay();
  const [isCloser, setCloser] = useState(false);
  const isPage = sight.kind === "page";
  const values = { name: isolated(name) };
  return (
    <>
      <Picture
        src={sight.url}
        label={say(isPage ? "preview.pageLarger" : "preview.pictureLarger", values)}
        onSeen={onSeen}
        onFail={onFail}
        onLarger={() => setCloser(true)}
      />
      {isCloser && (
        <Closer label={visible(name)} close={say("preview.close")} onClose={() => setCloser(false)}>
          <LargePicture
            src={sight.large}
            small={sight.url}
            alt={say(isPage ? "preview.page" : "preview.picture", values)}
          />
        </Closer>
      )}
    </>
  );
}

export function Written({ name, text: written }: { name: string; text: string }) {
  const say = useSay();
  const [isCloser, setCloser] = useState(false);
  const label = say("preview.text", { name: isolated(name) });
  const text = visibleText(written);
  return (
    <>
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
    </>
  );
}

interface PlayedProps {
  name: string;
  sight: Of<"video"> | Of<"sound">;
  onFail: () => void;
}

export function Played({ name, sight, onFail }: PlayedProps) {
  const say = useSay();
  const backend = useBackend();
  const time = (at: number, length: number) =>
    length > 0 ? say("preview.time", { at: playTime(at), length: playTime(length) }) : playTime(at);
  return (
    <Player
      src={sight.url}
      isVideo={sight.kind === "video"}
      label={visible(name)}
      play={say("preview.play")}
      pause={say("preview.pause")}
      position={say("preview.position")}
      time={time}
      onFollow={(isPlaying, length) =>
        // Nothing is left to be done where that is not heard: it plays more slowly.
        backend.followPlaying(sight.id, isPlaying, length).catch(() => undefined)
      }
      onFail={onFail}
    />
  );
}
