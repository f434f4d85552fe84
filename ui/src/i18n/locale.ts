// Which locale numbers and dates are written in: the person's, as far as the engine knows it.

/** English words go well with these dates; also what a system without a locale ("C", "POSIX") gets. */
const FALLBACK = "en-GB";

/** The first of the person's languages that the engine can format; a tag that is none would throw everywhere. */
export function usableLocale(languages: readonly string[]): string {
  const isUsable = (tag: string) => {
    try {
      return Intl.DateTimeFormat.supportedLocalesOf([tag]).length > 0;
    } catch {
      return false;
    }
  };
  return languages.find(isUsable) ?? FALLBACK;
}
