// An error in staff words, always in three parts: what did not happen, why, what to do next. What did not happen
// depends on what the person was doing; why and what next depend on the code. A code without words does not compile.
import type { AppError, ErrorKind } from "../ipc/bindings";
import type { ErrorCode } from "../ipc/errors";
import type { Formats } from "./format";
import { isolated } from "./names";
import type { MessageId, Values } from "./say";

/** What the person was doing. */
export type Task =
  | "connect"
  | "profiles"
  | "places"
  | "addPlace"
  | "removePlace"
  | "open"
  | "go"
  | "copy"
  | "bringBack"
  | "request"
  | "upload"
  | "choose"
  | "paste"
  | "folders"
  | "transfer"
  | "leftovers"
  | "leave"
  | "signIn"
  | "accounts"
  | "addConnection"
  | "pasteKey"
  | "connectionFile"
  | "signOut"
  | "forget"
  | "policy"
  | "examine"
  | "look"
  | TidyTask;

/** What is done with files themselves, where no link is the matter. */
export type TidyTask = "newFolder" | "rename" | "move" | "delete" | "save" | "undo" | "task";

export interface Trouble {
  what: MessageId;
  why: MessageId;
  next: MessageId;
  values: Values;
}

type Words = Omit<Trouble, "what" | "values"> & { what?: MessageId; values?: Values };
type Of<Code extends ErrorCode> = AppError & Extract<ErrorKind, { code: Code }>;
type Book = { [Code in ErrorCode]: (error: Of<Code>, formats: Formats) => Words };

const WHAT: Record<Task, MessageId> = {
  connect: "trouble.connect",
  profiles: "trouble.profiles",
  places: "trouble.places",
  addPlace: "trouble.addPlace",
  removePlace: "trouble.removePlace",
  open: "trouble.open",
  go: "trouble.go",
  copy: "trouble.copy",
  bringBack: "trouble.bringBack",
  request: "trouble.request",
  upload: "trouble.upload",
  choose: "trouble.choose",
  paste: "trouble.paste",
  folders: "trouble.folders",
  transfer: "trouble.transfer",
  leftovers: "trouble.leftovers",
  leave: "trouble.leave",
  signIn: "trouble.connect",
  accounts: "trouble.accounts",
  addConnection: "trouble.addConnection",
  pasteKey: "trouble.pasteKey",
  connectionFile: "trouble.connectionFile",
  signOut: "trouble.signOut",
  forget: "trouble.forget",
  policy: "trouble.policy",
  examine: "trouble.examine",
  look: "preview.none",
  newFolder: "trouble.newFolder",
  rename: "trouble.rename",
  move: "trouble.move",
  delete: "trouble.delete",
  save: "trouble.save",
  undo: "trouble.undo",
  task: "trouble.task",
};

const words = (
  code: Exclude<ErrorCode, "accessDenied" | "forbidden"> | "objectArchived.comingBack",
  values: Values = {},
): Words => ({
  why: `error.${code}.why`,
  next: `error.${code}.next`,
  values,
});

/** Whose rule it is says more than what was asked; the storage does not always say it. */
const denied = ({ params }: Of<"accessDenied">): Words => ({
  ...(params.action === "read" ? { what: "trouble.wouldNotOpen" as const } : {}),
  why:
    params.by === "notSaid"
      ? `error.accessDenied.${params.action}.why`
      : `error.accessDenied.by.${params.by}.why`,
  next:
    params.by === "notSaid" || params.by === "identity"
      ? `error.accessDenied.${params.action}.next`
      : `error.accessDenied.by.${params.by}.next`,
  values: { profile: isolated(params.profile) },
});

/** IT may have said in its own words what is allowed instead. */
const forbidden = ({ params: { rule, allowed } }: Of<"forbidden">): Words => ({
  why: `error.forbidden.${rule}.why`,
  next: allowed === null ? "error.forbidden.next" : "error.forbidden.allowed",
  values: { allowed: isolated(allowed ?? "") },
});

/** A line is named where there is one; 0 stands for none. */
const line = (at: number | null) => at ?? 0;

const wouldNotOpen = (words: Words): Words => ({ ...words, what: "trouble.wouldNotOpen" });

const BOOK: Book = {
  profileMissing: (e) => words("profileMissing", { profile: isolated(e.params.profile) }),
  profilesUnreadable: (e) => words("profilesUnreadable", { path: isolated(e.params.path) }),
  credentialsMissing: (e) => words("credentialsMissing", { profile: isolated(e.params.profile) }),
  credentialsEnded: () => words("credentialsEnded"),
  credentialsRefused: (e) => words("credentialsRefused", { profile: isolated(e.params.profile) }),
  accessDenied: denied,
  bucketMissing: (e) => words("bucketMissing", { bucket: isolated(e.params.bucket) }),
  objectMissing: () => wouldNotOpen(words("objectMissing")),
  objectDeleted: () => wouldNotOpen(words("objectDeleted")),
  objectArchived: (e) =>
    wouldNotOpen(words(e.params.comingBack ? "objectArchived.comingBack" : "objectArchived")),
  requesterPays: (e) => wouldNotOpen(words("requesterPays", { bucket: isolated(e.params.bucket) })),
  keyNotLinkable: () => wouldNotOpen(words("keyNotLinkable")),
  nameInvalid: (e) => words("nameInvalid", { name: isolated(e.params.name) }),
  nameTaken: (e) => words("nameTaken", { name: isolated(e.params.name) }),
  intoItself: (e) => words("intoItself", { name: isolated(e.params.name) }),
  copyDiffers: (e) => words("copyDiffers", { name: isolated(e.params.name) }),
  copyLeft: (e) =>
    words("copyLeft", { name: isolated(e.params.name), copy: isolated(e.params.copy) }),
  fileHeld: (e) => words("fileHeld", { name: isolated(e.params.name) }),
  addressInvalid: () => words("addressInvalid"),
  expiryPast: () => words("expiryPast"),
  clockWrong: (e) =>
    words("clockWrong", {
      minutes: Math.max(1, Math.round(Math.abs(e.params.offsetSeconds) / 60)),
    }),
  endpointInsecure: (e) =>
    words("endpointInsecure", {
      profile: isolated(e.params.profile),
      host: isolated(e.params.host),
    }),
  offline: (e) => words("offline", { host: isolated(e.params.host) }),
  serverBusy: () => words("serverBusy"),
  serverFault: () => words("serverFault"),
  fileUnreadable: (e) => words("fileUnreadable", { name: isolated(e.params.name) }),
  fileChanged: (e) => words("fileChanged", { name: isolated(e.params.name) }),
  fileTooLarge: (e, formats) =>
    words("fileTooLarge", {
      name: isolated(e.params.name),
      limit: formats.size(e.params.limit),
    }),
  fileUnwritable: (e) => words("fileUnwritable", { name: isolated(e.params.name) }),
  diskFull: (e) => words("diskFull", { name: isolated(e.params.name) }),
  checksumWrong: (e) => words("checksumWrong", { name: isolated(e.params.name) }),
  dropGone: () => words("dropGone"),
  clipboardUnavailable: () => words("clipboardUnavailable"),
  practiceUnavailable: () => words("practiceUnavailable"),
  codeNeeded: (e) => words("codeNeeded", { profile: isolated(e.params.profile) }),
  codeRefused: (e) => words("codeRefused", { profile: isolated(e.params.profile) }),
  signInRefused: () => words("signInRefused"),
  signInUnanswered: () => words("signInUnanswered"),
  browserUnavailable: () => words("browserUnavailable"),
  keyIncomplete: () => words("keyIncomplete"),
  keyringLocked: () => words("keyringLocked"),
  keyringMissing: () => words("keyringMissing"),
  keyringRefused: () => words("keyringRefused"),
  tooLongToKeep: (e) => words("tooLongToKeep", { limit: e.params.limit }),
  connectionFileInvalid: (e) =>
    words("connectionFileInvalid", {
      name: isolated(e.params.name),
      line: line(e.params.line),
    }),
  connectionFileUntrusted: (e) =>
    words("connectionFileUntrusted", { name: isolated(e.params.name) }),
  policyBroken: (e) =>
    words("policyBroken", { path: isolated(e.params.path), line: line(e.params.line) }),
  forbidden,
  auditUnwritable: (e) => words("auditUnwritable", { path: isolated(e.params.path) }),
  untrusted: (e) => words("untrusted", { host: isolated(e.params.host) }),
  cancelled: () => words("cancelled"),
  internal: () => words("internal"),
};

/** A key that has never worked is compared with what was given, and not signed in with again. */
const newKeyRefused = {
  why: "error.credentialsRefused.key.why",
  next: "error.credentialsRefused.key.next",
  values: {},
} as const;

const changedMeanwhile = (name: string) => ({
  ...({ why: "error.changedMeanwhile.why", next: "error.changedMeanwhile.next" } as const),
  values: { name: isolated(name) },
});

const TIDY: readonly Task[] = ["newFolder", "rename", "move", "delete", "save", "undo", "task"];
const isTidy = (task: Task) => TIDY.includes(task);

export function troubleOf(error: AppError, task: Task, formats: Formats): Trouble {
  if (task === "addConnection" && error.code === "credentialsRefused")
    return { what: WHAT[task], ...newKeyRefused };
  if ((isTidy(task) || task === "look") && error.code === "fileChanged")
    return { what: WHAT[task], ...changedMeanwhile(error.params.name) };
  const say = BOOK[error.code] as (error: AppError, formats: Formats) => Words;
  const { what, why, next, values } = say(error, formats);
  return {
    what: isTidy(task) ? WHAT[task] : (what ?? WHAT[task]),
    why,
    next,
    values: values ?? {},
  };
}

/** For IT, not for staff, and therefore not in the catalogue: the code and what the server said. */
export function technicalText({ code, detail, reference, ...error }: AppError): string {
  const params = "params" in error ? JSON.stringify(error.params) : null;
  return [code, params, detail, reference && `request ${reference}`].filter(Boolean).join("\n");
}
