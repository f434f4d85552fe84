// Small pictures of the rows that are on screen. While a list is scrolled none is asked for, because frames would wait for
// them; those that are there when it rests ask together, and what goes out of sight is given back, which stops its reading.
import type { Backend, ProfileId } from "./backend";
import type { ListedFile } from "./bindings";

/** A list to which no row has come for so long is at rest. */
const REST_MS = 120;

export interface Thumbnails {
  /** Tells where the picture is, if there is one, once; what is answered gives it back. */
  want(
    profile: ProfileId,
    bucket: string,
    file: ListedFile,
    tell: (url: string) => void,
  ): () => void;
}

interface Wanted {
  profile: ProfileId;
  bucket: string;
  file: ListedFile;
  tell: (url: string) => void;
  /** Gives it back. */
  id: string | null;
  isOver: boolean;
}

export function keepThumbnails(backend: Backend): Thumbnails {
  const waiting = new Set<Wanted>();
  let over: string[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const wanted = [...waiting];
      const ids = over;
      waiting.clear();
      over = [];
      if (ids.length > 0) void backend.forgetPreviews(ids);
      for (const group of together(wanted)) void ask(backend, group, forget);
    }, REST_MS);
  };
  const forget = (id: string) => {
    over.push(id);
    later();
  };
  return {
    want(profile, bucket, file, tell) {
      const wanted: Wanted = { profile, bucket, file, tell, id: null, isOver: false };
      waiting.add(wanted);
      later();
      return () => {
        wanted.isOver = true;
        waiting.delete(wanted);
        if (wanted.id !== null) forget(wanted.id);
      };
    },
  };
}

async function ask(backend: Backend, group: Wanted[], forget: (id: string) => void) {
  const [first] = group;
  if (!first) return;
  const files = group.map(({ file }) => file);
  // A list without small pictures is a list.
  const found = await backend.thumbnails(first.profile, first.bucket, files).catch(() => []);
  for (const [index, wanted] of group.entries()) {
    const thumbnail = found[index];
    if (!thumbnail) continue;
    wanted.id = thumbnail.id;
    if (wanted.isOver) forget(thumbnail.id);
    else wanted.tell(thumbnail.url);
  }
}

/** Those of one bucket go together. */
function together(wanted: readonly Wanted[]): Wanted[][] {
  const groups = new Map<string, Wanted[]>();
  for (const one of wanted) {
    const name = JSON.stringify([one.profile, one.bucket]);
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return [...groups.values()];
}
