// The query cache. The backend retries what can be retried and says what has changed, so the cache does neither.
import { QueryClient } from "@tanstack/react-query";
import type { AppError } from "../ipc/bindings";

declare module "@tanstack/react-query" {
  interface Register {
    defaultError: AppError;
  }
}

export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // "always": the machine's idea of being online says nothing about a bucket on this computer.
      queries: {
        retry: false,
        staleTime: Number.POSITIVE_INFINITY,
        networkMode: "always",
        refetchOnWindowFocus: false,
      },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}
