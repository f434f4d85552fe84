// What a way in is called: by its own name, except for the two that no person named.
import type { Profile } from "../ipc/bindings";
import { visible } from "./names";
import { useSay } from "./say";

export function useProfileName({ kind, name }: Pick<Profile, "kind" | "name">): string {
  const say = useSay();
  if (kind === "practice") return say("account.practiceName");
  return kind === "environment" ? say("account.environmentName") : visible(name);
}
