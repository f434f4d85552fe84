// Sentences. All of them are in the catalogue, as ICU messages; a key that is not there does not compile.
import { type ReactNode, useCallback } from "react";
import { useIntl } from "react-intl";
import en from "./en.json";

export type MessageId = keyof typeof en;
export type Values = Record<string, string | number>;
type RichValues = Record<
  string,
  string | number | ReactNode | ((chunks: ReactNode[]) => ReactNode)
>;

export const catalogue: Record<MessageId, string> = en;

/** A sentence as a string, for names of controls and for parts of other sentences. */
export function useSay() {
  const intl = useIntl();
  return useCallback(
    (id: MessageId, values?: Values): string => intl.formatMessage({ id }, values),
    [intl],
  );
}

const bold = (chunks: ReactNode[]) => <b>{chunks}</b>;

/** A sentence as elements: `<b>` in it is bold, and values may be elements. */
export function Say({ id, values }: { id: MessageId; values?: RichValues }) {
  const intl = useIntl();
  return <>{intl.formatMessage({ id }, { b: bold, ...values })}</>;
}
