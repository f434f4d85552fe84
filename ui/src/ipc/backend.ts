// The backend as the window sees it: one method per question or act. It is not a transport and holds no state;
// `tauri.ts` answers over IPC and `fake.ts` in memory. Every method rejects with `AppError` and nothing else.
import type {
  Account,
  AppError,
  Arrangement,
  Chosen,
  ChosenRow,
  Connection,
  ConnectionFileEvent,
  ConnectionOffer,
  Depth,
  Destination,
  Drop,
  DropEvent,
  Expiry,
  FileRequest,
  Finding,
  FolderRows,
  FolderState,
  Forgotten,
  Invitation,
  Leave,
  Link,
  LinkEnd,
  LinkRequest,
  Links,
  LinksRequest,
  ListedFile,
  Look,
  Memory,
  NewKey,
  NewRole,
  Organisation,
  PastedKey,
  Place,
  Places,
  Policy,
  Profile,
  Profiles,
  Recalled,
  RowRef,
  SelectAct,
  Selected,
  SendRequest,
  Settings,
  SignedIn,
  Taken,
  Task,
  TaskEvent,
  TextBeginning,
  Thumbnail,
  Transfer,
  TransferEvent,
  TrayWords,
  UploadLink,
} from "./bindings";

export type ProfileId = Profile["id"];
export type TransferId = Transfer["id"];
export type TaskId = Task["id"];
/** Names an open folder, until it is closed. */
export type FolderId = number;
/** In the browser of this computer, or in any other with a code. */
export type SignInWay = "browser" | "device";

export interface Backend {
  /** The ways in that this computer knows. */
  profiles(): Promise<Profiles>;
  /** What the last session chose, from the OS keyring. */
  recall(): Promise<Recalled>;
  /** Resolves the credentials and remembers the choice; `insistsOnHttp` allows a server without encryption. */
  connect(profile: ProfileId, insistsOnHttp: boolean, code: string | null): Promise<Connection>;
  /** Asked again and again: somebody may have signed in or out elsewhere. */
  signedIn(profile: ProfileId): Promise<SignedIn>;
  /** Resolves when the person has signed in, which takes as long as they like; one at a time. */
  signIn(
    organisation: Organisation,
    how: SignInWay,
    onInvite: (invitation: Invitation) => void,
  ): Promise<void>;
  /** Rejects the `signIn` under way with `cancelled`. */
  stopSignIn(): Promise<void>;
  accounts(organisation: Organisation): Promise<Account[]>;
  roles(organisation: Organisation, account: Account["id"]): Promise<string[]>;
  /** `sessionOnly` keeps it nowhere, here and below. */
  addRole(role: NewRole, sessionOnly: boolean): Promise<Profile>;
  signOut(profile: ProfileId): Promise<void>;
  /** What the clipboard holds of a key; the secret itself never comes here. */
  pasteKey(): Promise<PastedKey | null>;
  /** Checks it with one request first. */
  forgetPastedKey(): Promise<void>;
  addKey(key: NewKey, sessionOnly: boolean): Promise<Profile>;
  /** The system's file dialog; null when the person closed it. */
  chooseConnectionFile(): Promise<ConnectionOffer | null>;
  /** Files that were opened outside of the window, or dropped on it. */
  watchConnectionFiles(onEvent: (event: ConnectionFileEvent) => void): Promise<void>;
  acceptConnection(
    offer: ConnectionOffer["id"],
    account: Account["id"] | null,
    role: string | null,
    sessionOnly: boolean,
  ): Promise<Profile>;
  forgetConnection(profile: ProfileId): Promise<Forgotten>;
  /** Rejects with `policyBroken` where the rules cannot be read: then nothing is allowed. */
  policy(): Promise<Policy>;
  /** Tells of each step in order; `writes` also tries to write, copy and delete. */
  examine(
    profile: ProfileId,
    place: Place | null,
    writes: boolean,
    onFinding: (finding: Finding) => void,
  ): Promise<void>;
  places(profile: ProfileId): Promise<Places>;
  /** A bucket name or any S3 address: s3://…, https://…, a console address, an ARN. */
  addPlace(profile: ProfileId, address: string): Promise<Place>;
  pinPlace(profile: ProfileId, place: Place): Promise<Memory>;
  removePlace(profile: ProfileId, place: Place): Promise<Memory>;
  rememberPlace(profile: ProfileId, place: Place): Promise<Memory>;
  /** Begins to read it; states may come before the answer, and go on until it is closed. */
  openFolder(
    profile: ProfileId,
    place: Place,
    depth: Depth,
    arrangement: Arrangement,
    onState: (state: FolderState) => void,
  ): Promise<FolderId>;
  /** Answers when the rows stand so. */
  arrangeFolder(id: FolderId, arrangement: Arrangement): Promise<FolderState>;
  /** At most a thousand. */
  folderRows(id: FolderId, from: number, count: number): Promise<FolderRows>;
  selectRows(id: FolderId, act: SelectAct): Promise<Selected>;
  selectedRows(id: FolderId): Promise<Selected>;
  /** The position of a row; null while it is not shown. */
  findRow(id: FolderId, row: RowRef): Promise<number | null>;
  /** The position of the next row that begins so, from here on and then from the top. */
  typeAhead(id: FolderId, text: string, from: number): Promise<number | null>;
  /** What is shown stays until it has been read anew. */
  reloadFolder(id: FolderId): Promise<void>;
  /** What was read stays. */
  stopFolder(id: FolderId): Promise<void>;
  closeFolder(id: FolderId): Promise<void>;
  /** Where an address leads; the same forms as for `addPlace`. */
  destination(profile: ProfileId, address: string): Promise<Destination>;
  /** Latest first. */
  recentPlaces(profile: ProfileId): Promise<Place[]>;
  /** What a file is, and where what is shown of it is found. */
  look(profile: ProfileId, bucket: string, key: string): Promise<Look>;
  /** The beginning of a text that is looked at. */
  previewText(id: string): Promise<TextBeginning>;
  /** Where small pictures of files are found, in their order; null for those without one. */
  thumbnails(
    profile: ProfileId,
    bucket: string,
    files: ListedFile[],
  ): Promise<(Thumbnail | null)[]>;
  /** Nobody looks at these any more: what is done for them stops. */
  forgetPreviews(ids: string[]): Promise<void>;
  /** Why a file that is looked at cannot be shown; null where its bytes came, and are not understood. */
  previewTrouble(id: string): Promise<AppError | null>;
  /** What is played goes on, or stops; as a whole it takes so many seconds, where that is known. */
  followPlaying(id: string, isPlaying: boolean, seconds: number | null): Promise<void>;
  linkEnd(profile: ProfileId, expiry: Expiry): Promise<LinkEnd>;
  /** Signs, tests with one anonymous request, copies; rejects when the link would not open. */
  copyLink(request: LinkRequest): Promise<Link>;
  /** The same for a copy of the file, under a name that a link can carry. */
  copyLinkToCopy(request: LinkRequest): Promise<Link>;
  /** Many at once; tells how many are done. One failure does not lose the others. */
  copyLinks(request: LinksRequest, onDone: (done: number) => void): Promise<Links>;
  /** Rejects the `copyLinks` under way with `cancelled`. */
  stopLinks(): Promise<void>;
  /** Asks for an archived file; it comes hours later. */
  bringBack(request: LinkRequest): Promise<void>;
  /** Puts a page for uploads beside a new folder, tests its link, copies that. */
  copyUploadLink(request: FileRequest): Promise<UploadLink>;
  settings(): Promise<Settings>;
  setPrivateClipboard(privateClipboard: boolean): Promise<Memory>;
  /** The system's file dialog; null when the person closed it. */
  chooseFiles(): Promise<Drop | null>;
  /** The same for folders. */
  chooseFolder(): Promise<Drop | null>;
  /** The files on the clipboard, or the picture on it under this name; null where there is neither. */
  paste(pictureName: string): Promise<Drop | null>;
  /** Which names of a drop are taken where it is to go. */
  taken(profile: ProfileId, place: Place, drop: Drop["id"]): Promise<Taken>;
  /** Empty folders, by their paths below the place. */
  makeFolders(profile: ProfileId, place: Place, names: string[]): Promise<void>;
  send(request: SendRequest): Promise<TransferId>;
  cancelTransfer(id: TransferId): Promise<void>;
  pauseTransfer(id: TransferId): Promise<void>;
  /** Goes on, and tries again what failed. */
  resumeTransfer(id: TransferId): Promise<void>;
  /** Takes it off the list, and what it left unfinished out of the storage; a snapshot without it follows. */
  forgetTransfer(id: TransferId): Promise<void>;
  /** How many unfinished uploads still take up room in the storage. */
  leftovers(): Promise<number>;
  /** Error: why the first stays that could not be removed. */
  removeLeftovers(): Promise<void>;
  /** A message of the system; it is not shown while the window is in front. */
  notify(title: string, body: string): Promise<void>;
  /** Rejects with `nameTaken` where a file or folder has that name; answers where it is. */
  newFolder(profile: ProfileId, place: Place, name: string): Promise<Place>;
  renameRow(profile: ProfileId, bucket: string, row: ChosenRow, name: string): Promise<TaskId>;
  /** Within the bucket. */
  moveRows(profile: ProfileId, bucket: string, chosen: Chosen, to: Place): Promise<TaskId>;
  /** Where it is not kept, the task stops at `asking` once all is counted. */
  deleteRows(profile: ProfileId, bucket: string, chosen: Chosen): Promise<TaskId>;
  /** Asks in the system's dialog where to; null when the person closed it. */
  saveRows(profile: ProfileId, bucket: string, chosen: Chosen): Promise<TaskId | null>;
  /** The person has seen what goes for good. */
  consentTask(id: TaskId): Promise<void>;
  undoTask(id: TaskId): Promise<void>;
  pauseTask(id: TaskId): Promise<void>;
  resumeTask(id: TaskId): Promise<void>;
  /** What was done stays done. */
  cancelTask(id: TaskId): Promise<void>;
  /** Stops it, and takes it off the list. */
  forgetTask(id: TaskId): Promise<void>;
  watchTasks(onEvent: (event: TaskEvent) => void): Promise<void>;
  /** Through the native clipboard; never for links. */
  copyText(text: string): Promise<void>;
  watchTransfers(onEvent: (event: TransferEvent) => void): Promise<void>;
  watchDrops(onEvent: (event: DropEvent) => void): Promise<void>;
  /** Speaks when the person closes the window while transfers are under way. */
  watchLeaving(onLeaving: () => void): Promise<void>;
  leave(how: Leave): Promise<void>;
  /** Whether the system has a tray, from whose icon a hidden window comes back. */
  hasTray(): Promise<boolean>;
  /** What the icon in the tray says; answers whether it is there, as it is while the window is hidden. */
  tellTray(words: TrayWords): Promise<boolean>;
}
