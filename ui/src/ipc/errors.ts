// What a rejection is. Everything that the backend throws passes through `toAppError` once, at the border, so that
// the rest of the window meets only the closed list of codes.
import type { AppError } from "./bindings";

export type ErrorCode = AppError["code"];

const CODES: Record<ErrorCode, true> = {
  profileMissing: true,
  profilesUnreadable: true,
  credentialsMissing: true,
  credentialsEnded: true,
  credentialsRefused: true,
  accessDenied: true,
  bucketMissing: true,
  objectMissing: true,
  objectDeleted: true,
  objectArchived: true,
  requesterPays: true,
  keyNotLinkable: true,
  nameInvalid: true,
  nameTaken: true,
  intoItself: true,
  copyDiffers: true,
  copyLeft: true,
  fileHeld: true,
  addressInvalid: true,
  expiryPast: true,
  clockWrong: true,
  endpointInsecure: true,
  offline: true,
  serverBusy: true,
  serverFault: true,
  fileUnreadable: true,
  fileChanged: true,
  fileTooLarge: true,
  fileUnwritable: true,
  diskFull: true,
  checksumWrong: true,
  dropGone: true,
  clipboardUnavailable: true,
  practiceUnavailable: true,
  codeNeeded: true,
  codeRefused: true,
  signInRefused: true,
  signInUnanswered: true,
  browserUnavailable: true,
  keyIncomplete: true,
  keyringLocked: true,
  keyringMissing: true,
  keyringRefused: true,
  tooLongToKeep: true,
  connectionFileInvalid: true,
  connectionFileUntrusted: true,
  policyBroken: true,
  forbidden: true,
  auditUnwritable: true,
  untrusted: true,
  cancelled: true,
  internal: true,
};

const WITHOUT_PARAMS: ReadonlySet<string> = new Set<ErrorCode>([
  "expiryPast",
  "serverBusy",
  "serverFault",
  "dropGone",
  "clipboardUnavailable",
  "practiceUnavailable",
  "signInRefused",
  "signInUnanswered",
  "browserUnavailable",
  "keyIncomplete",
  "keyringLocked",
  "keyringMissing",
  "keyringRefused",
  "cancelled",
  "internal",
]);

const SIGN_IN: readonly ErrorCode[] = [
  "credentialsEnded",
  "credentialsMissing",
  "credentialsRefused",
  "codeNeeded",
];

/** Whether signing in would help. */
export const isAboutSignIn = ({ code }: AppError) => SIGN_IN.includes(code);

export const errorCodes = Object.keys(CODES) as ErrorCode[];

/** Ours when it has our shape; anything else is `internal`, with its own words as the detail. */
export function toAppError(rejection: unknown): AppError {
  if (isAppError(rejection)) return rejection;
  return { code: "internal", detail: wordsOf(rejection), reference: null };
}

export function isAppError(value: unknown): value is AppError {
  if (typeof value !== "object" || value === null) return false;
  const { code, params, detail, reference } = value as Record<string, unknown>;
  if (typeof code !== "string" || !Object.hasOwn(CODES, code)) return false;
  const hasParams = typeof params === "object" && params !== null;
  return (hasParams || WITHOUT_PARAMS.has(code)) && isTextOrNull(detail) && isTextOrNull(reference);
}

const isTextOrNull = (value: unknown) => typeof value === "string" || value === null;

function wordsOf(rejection: unknown): string {
  if (typeof rejection === "string") return rejection;
  if (rejection instanceof Error) return rejection.message;
  return JSON.stringify(rejection) ?? String(rejection);
}
