// Trying what sharing needs: the findings come one by one, and the last run's stay until the next.
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { ProfileId } from "../../ipc/backend";
import type { Finding, Place } from "../../ipc/bindings";
import { useBackend } from "../../ipc/context";

interface Asked {
  place: Place | null;
  writes: boolean;
}

export type Examination = ReturnType<typeof useExamination>;

export function useExamination(profile: ProfileId) {
  const backend = useBackend();
  const [findings, setFindings] = useState<readonly Finding[]>([]);
  const examining = useMutation({
    mutationFn: ({ place, writes }: Asked) =>
      backend.examine(profile, place, writes, (found) => setFindings((all) => [...all, found])),
  });
  return {
    findings,
    place: examining.variables?.place ?? null,
    writes: examining.variables?.writes ?? false,
    isRunning: examining.isPending,
    isDone: examining.isSuccess,
    error: examining.error,
    start: (place: Place | null, writes = false) => {
      if (examining.isPending) return;
      setFindings([]);
      examining.mutate({ place, writes });
    },
  };
}
