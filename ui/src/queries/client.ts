// The query cache. The backend retries what can be retried and says what has changed, so the cache does neither.
import { focusManager, QueryClient } from "@tanstack/react-query";
import type { AppError } from "../ipc/bindings";

declare module "@tanstack/react-query" {
  interface Register {
    defaultError: AppError;
  }
}

// A window that another one covered is visible all the time: coming to the front is a focus and nothing else.
focusManager.setEventListener((onFocus) => {
  const listen = () => onFocus();
  window.addEventListener("focus", listen);
  document.addEventListener("visibilitychange", listen);
  return () => {
    window.removeEventListener("focus", listen);
    document.removeEventListener("visibilitychange", listen);
  };
});

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
