// Plays a film or a sound: a button, a position, and the time. Taken away, it lets go of what it was reading.
import { Pause, Play } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Slider, SliderThumb, SliderTrack } from "react-aria-components";
import { IconButton } from "./Button";
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
  onFail: () => void;
}

export function Player({ src, isVideo, label, play, pause, position, time, onFail }: Props) {
  const { media, at, length, isPlaying, events, toggle, seek } = usePlayback(src);
  const shared = { ...events, ref: media, src, "aria-label": label, onError: onFail };
  return (
    <div className={styles.player} data-video={isVideo || undefined}>
      {isVideo ? (
        <video
          {...shared}
          className={styles.video}
          preload="metadata"
          playsInline
          onClick={toggle}
        />
      ) : (
        <audio {...shared} preload="metadata" />
      )}
      <div className={styles.controls}>
        <IconButton label={isPlaying ? pause : play} onPress={toggle}>
          {isPlaying ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
        </IconButton>
        <Slider
          aria-label={position}
          className={styles.slider ?? ""}
          minValue={0}
          maxValue={Math.max(length, 1)}
          step={1}
          value={Math.min(at, Math.max(length, 1))}
          isDisabled={length === 0}
          onChange={seek}
        >
          <SliderTrack className={styles.track ?? ""}>
            <i
              className={styles.played}
              style={{ width: `${length > 0 ? (100 * at) / length : 0}%` }}
            />
            <SliderThumb className={styles.thumb ?? ""} />
          </SliderTrack>
        </Slider>
        <span className={styles.time}>{time(at, length)}</span>
      </div>
    </div>
  );
}

function usePlayback(src: string) {
  const media = useRef<(HTMLVideoElement & HTMLAudioElement) | null>(null);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(0);
  const [isPlaying, setPlaying] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another source is another film
  useEffect(() => {
    const element = media.current;
    return () => {
      element?.pause();
      element?.removeAttribute("src");
      element?.load();
    };
  }, [src]);
  const current = () => media.current;
  return {
    ...{ media, at, length, isPlaying },
    events: {
      onPlay: () => setPlaying(true),
      onPause: () => setPlaying(false),
      onEnded: () => setPlaying(false),
      onTimeUpdate: () => setAt(current()?.currentTime ?? 0),
      onDurationChange: () => {
        const told = current()?.duration ?? 0;
        setLength(Number.isFinite(told) ? told : 0);
      },
    },
    toggle: () => {
      const element = current();
      // What cannot be played says so by an event.
      if (element?.paused) element.play().catch(() => undefined);
      else element?.pause();
    },
    seek: (position: number | number[]) => {
      const element = current();
      if (element && typeof position === "number") element.currentTime = position;
    },
  };
}
