// The backend as the window sees it: one method per question or act. It is not a transport and holds no state;
// `tauri.ts` answers over IPC and `fake.ts` in memory. Every method rejects with `AppError` and nothing else.
import type {
  Connection,
  Drop,
  DropEvent,
  Expiry,
  Link,
  LinkEnd,
  LinkRequest,
  Listing,
  Memory,
  Place,
  Places,
  Profile,
  Recalled,
  SendRequest,
  Transfer,
  TransferEvent,
} from "./bindings";

export type ProfileId = Profile["id"];
export type TransferId = Transfer["id"];

export interface Backend {
  /** The ways in that this computer knows. */
  profiles(): Promise<Profile[]>;
  /** What the last session chose, from the OS keyring. */
  recall(): Promise<Recalled>;
  /** Resolves the credentials and remembers the choice. */
  connect(profile: ProfileId): Promise<Connection>;
  places(profile: ProfileId): Promise<Places>;
  /** A bucket name or any S3 address: s3://…, https://…, a console address, an ARN. */
  addPlace(profile: ProfileId, address: string): Promise<Place>;
  removePlace(profile: ProfileId, bucket: string): Promise<void>;
  rememberPlace(profile: ProfileId, place: Place): Promise<Memory>;
  /** About a thousand entries a page. */
  list(profile: ProfileId, place: Place, page: string | null): Promise<Listing>;
  linkEnd(profile: ProfileId, expiry: Expiry): Promise<LinkEnd>;
  /** Signs, tests with one anonymous request, copies; rejects when the link would not open. */
  copyLink(request: LinkRequest): Promise<Link>;
  /** The system's file dialog; null when the person closed it. */
  chooseFiles(): Promise<Drop | null>;
  send(request: SendRequest): Promise<TransferId>;
  cancelTransfer(id: TransferId): Promise<void>;
  /** Through the native clipboard; never for links. */
  copyText(text: string): Promise<void>;
  watchTransfers(onEvent: (event: TransferEvent) => void): Promise<void>;
  watchDrops(onEvent: (event: DropEvent) => void): Promise<void>;
}
