// Plays one film or sound: a button, a position, and the time. It stops where nobody sees the window any more. Taken
// away, it lets go of what it was reading.
import { Pause, Play } from "lucide-react";
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Slider, SliderThumb, SliderTrack } from "react-aria-components";
import { IconButton } from "./Button";
import { FileIcon } from "./FileIcon";
import styles from "./Player.module.css";

interface Props {
  src: string;
  isVideo: boolean;
  label: string;
  play: string;
  pause: string;
  position: string;
  /** How a position is said, both in seconds. */
  time: (at: number, length: number) => string;
  /** It goes on, or stops; with its length in whole seconds, where that is known. */
  onFollow: (isPlaying: boolean, length: number | null) => void;
  onFail: () => void;
}

/** How long the position rests before it is gone to: each place is a request. */
const REST_MS = 200;

type Media = HTMLVideoElement & HTMLAudioElement;

export function Player({ src, isVideo, label, play, pause, onFail, ...props }: Props) {
  const { media, isPlaying, events, toggle, ...playback } = usePlayback(props.onFollow);
  const shared = { ...events, ref: media, src, "aria-label": label, onError: onFail };
  return (
    <div className={styles.player}>
      {isVideo ? (
        <video
          {...shared}
          className={styles.video}
          preload="metadata"
          playsInline
          onClick={toggle}
        />
      ) : (
        <div className={styles.cover}>
          <FileIcon kind="audio" />
          <audio {...shared} preload="metadata" />
        </div>
      )}
      <div className={styles.controls}>
        <IconButton label={isPlaying ? pause : play} onPress={toggle}>
          {isPlaying ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
        </IconButton>
        <Position {...playback} label={props.position} time={props.time} />
      </div>
    </div>
  );
}

interface PositionProps {
  at: number;
  length: number;
  label: string;
  time: Props["time"];
  onMove: (position: number) => void;
}

function Position({ at, length, label, time, onMove }: PositionProps) {
  const end = Math.max(length, 1);
  const said = time(at, length);
  return (
    <>
      <Slider
        aria-label={label}
        className={styles.slider ?? ""}
        minValue={0}
        maxValue={end}
        step={1}
        value={Math.min(at, end)}
        isDisabled={length === 0}
        onChange={onMove}
      >
        <SliderTrack className={styles.track ?? ""}>
          <i
            className={styles.played}
            style={{ width: `${length > 0 ? (100 * at) / length : 0}%` }}
          />
          <SliderThumb className={styles.thumb ?? ""} inputRef={useSaid(said)} />
        </SliderTrack>
      </Slider>
      <span className={styles.time}>{said}</span>
    </>
  );
}

/** The slider would say its seconds as a bare number, each time that it is drawn. */
function useSaid(said: string): RefObject<HTMLInputElement | null> {
  const input = useRef<HTMLInputElement | null>(null);
  useLayoutEffect(() => input.current?.setAttribute("aria-valuetext", said));
  return input;
}

function usePlayback(onFollow: Props["onFollow"]) {
  const media = useRef<Media | null>(null);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(0);
  const [isPlaying, setPlaying] = useState(false);
  const { wanted, want, arrive } = useWanted(media);
  useEffect(() => letGo(media.current), []);
  useEffect(() => {
    const stop = () => document.hidden && media.current?.pause();
    document.addEventListener("visibilitychange", stop);
    return () => document.removeEventListener("visibilitychange", stop);
  }, []);
  const follow = () => {
    const element = media.current;
    if (!element) return;
    const isOn = !element.paused && !element.ended;
    setPlaying(isOn);
    setLength(lengthOf(element));
    onFollow(isOn, Math.ceil(lengthOf(element)) || null);
  };
  const look = () => setAt(media.current?.currentTime ?? 0);
  return {
    ...{ media, length, isPlaying, at: wanted ?? at, onMove: want },
    events: {
      ...{ onPlay: follow, onPause: follow, onEnded: follow, onDurationChange: follow },
      onTimeUpdate: look,
      onSeeked: () => {
        look();
        arrive();
      },
    },
    toggle: () => {
      const element = media.current;
      // What cannot be played says so by an event.
      if (element?.paused) element.play().catch(() => undefined);
      else element?.pause();
    },
  };
}

/** What streams without an end has no length. */
const lengthOf = ({ duration }: Media) => (Number.isFinite(duration) ? duration : 0);

const letGo = (element: Media | null) => () => {
  element?.pause();
  element?.removeAttribute("src");
  element?.load();
};

/** A position that was asked for stands until it has been reached: what is played meanwhile does not move it. */
function useWanted(media: RefObject<Media | null>) {
  const [wanted, setWanted] = useState<number | null>(null);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(rest.current), []);
  return {
    wanted,
    want: (position: number | number[]) => {
      if (typeof position !== "number") return;
      setWanted(position);
      clearTimeout(rest.current);
      rest.current = setTimeout(() => {
        rest.current = undefined;
        if (media.current) media.current.currentTime = position;
      }, REST_MS);
    },
    arrive: () => rest.current === undefined && setWanted(null),
  };
}
