// The language of the sentences and the locale of the numbers and dates. Sentences exist in English so far; numbers
// and dates follow the person's own locale at once.
import type { ReactNode } from "react";
import { I18nProvider } from "react-aria-components";
import { IntlProvider } from "react-intl";
import { catalogue } from "./say";

export function Language({ locale, children }: { locale: string; children: ReactNode }) {
  return (
    <I18nProvider locale={locale}>
      <IntlProvider locale={locale} messages={catalogue} onError={onError}>
        {children}
      </IntlProvider>
    </I18nProvider>
  );
}

// A broken message is a mistake of ours: found by the tests, never shown as an error to the person.
function onError(error: Error) {
  if (import.meta.env.DEV) throw error;
}
