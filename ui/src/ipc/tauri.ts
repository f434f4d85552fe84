// The backend over Tauri's IPC, through the generated commands: beside them the only file that imports @tauri-apps.
// It converts nothing but rejections.
import { Channel } from "@tauri-apps/api/core";
import type { Backend } from "./backend";
import {
  type ConnectionFileEvent,
  commands,
  type DropEvent,
  type Finding,
  type FolderState,
  type Invitation,
  type TaskEvent,
  type TransferEvent,
} from "./bindings";
import { toAppError } from "./errors";

/** Everything that a command rejects with becomes ours; Tauri's own strings too. */
async function ours<Answer>(answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer;
  } catch (rejection) {
    throw toAppError(rejection);
  }
}

const done = (answer: Promise<null>): Promise<void> => ours(answer).then(() => undefined);

export const tauriBackend: Backend = {
  profiles: () => ours(commands.profiles()),
  recall: () => ours(commands.recall()),
  connect: (profile, insistsOnHttp, code) => ours(commands.connect(profile, insistsOnHttp, code)),
  signedIn: (profile) => ours(commands.signedIn(profile)),
  signIn: (organisation, how, onInvite) =>
    done(commands.signIn(organisation, how, new Channel<Invitation>(onInvite))),
  stopSignIn: () => done(commands.stopSignIn()),
  accounts: (organisation) => ours(commands.accounts(organisation)),
  roles: (organisation, account) => ours(commands.roles(organisation, account)),
  addRole: (role, sessionOnly) => ours(commands.addRole(role, sessionOnly)),
  signOut: (profile) => done(commands.signOut(profile)),
  pasteKey: () => ours(commands.pasteKey()),
  forgetPastedKey: () => done(commands.forgetPastedKey()),
  addKey: (key, sessionOnly) => ours(commands.addKey(key, sessionOnly)),
  chooseConnectionFile: () => ours(commands.chooseConnectionFile()),
  watchConnectionFiles: (onEvent) =>
    done(commands.watchConnectionFiles(new Channel<ConnectionFileEvent>(onEvent))),
  acceptConnection: (offer, account, role, sessionOnly) =>
    ours(commands.acceptConnection(offer, account, role, sessionOnly)),
  forgetConnection: (profile) => ours(commands.forgetConnection(profile)),
  policy: () => ours(commands.policy()),
  examine: (profile, place, writes, onFinding) =>
    done(commands.examine(profile, place, writes, new Channel<Finding>(onFinding))),
  places: (profile) => ours(commands.places(profile)),
  addPlace: (profile, address) => ours(commands.addPlace(profile, address)),
  pinPlace: (profile, place) => ours(commands.pinPlace(profile, place)),
  removePlace: (profile, place) => ours(commands.removePlace(profile, place)),
  rememberPlace: (profile, place) => ours(commands.rememberPlace(profile, place)),
  openFolder: (profile, place, depth, arrangement, onState) =>
    ours(
      commands.openFolder(profile, place, depth, arrangement, new Channel<FolderState>(onState)),
    ),
  arrangeFolder: (id, arrangement) => ours(commands.arrangeFolder(id, arrangement)),
  folderRows: (id, from, count) => ours(commands.folderRows(id, from, count)),
  selectRows: (id, act) => ours(commands.selectRows(id, act)),
  selectedRows: (id) => ours(commands.selectedRows(id)),
  findRow: (id, row) => ours(commands.findRow(id, row)),
  typeAhead: (id, text, from) => ours(commands.typeAhead(id, text, from)),
  reloadFolder: (id) => done(commands.reloadFolder(id)),
  stopFolder: (id) => done(commands.stopFolder(id)),
  closeFolder: (id) => done(commands.closeFolder(id)),
  destination: (profile, address) => ours(commands.destination(profile, address)),
  recentPlaces: (profile) => ours(commands.recentPlaces(profile)),
  look: (profile, bucket, key) => ours(commands.look(profile, bucket, key)),
  previewText: (id) => ours(commands.previewText(id)),
  thumbnails: (profile, bucket, files) => ours(commands.thumbnails(profile, bucket, files)),
  forgetPreviews: (ids) => done(commands.forgetPreviews(ids)),
  previewTrouble: (id) => ours(commands.previewTrouble(id)),
  followPlaying: (id, isPlaying, seconds) => done(commands.followPlaying(id, isPlaying, seconds)),
  linkEnd: (profile, expiry) => ours(commands.linkEnd(profile, expiry)),
  copyLink: (request) => ours(commands.copyLink(request)),
  copyLinkToCopy: (request) => ours(commands.copyLinkToCopy(request)),
  copyLinks: (request, onDone) => ours(commands.copyLinks(request, new Channel<number>(onDone))),
  stopLinks: () => done(commands.stopLinks()),
  bringBack: (request) => done(commands.bringBack(request)),
  copyUploadLink: (request) => ours(commands.copyUploadLink(request)),
  settings: () => ours(commands.settings()),
  setPrivateClipboard: (isPrivate) => ours(commands.setPrivateClipboard(isPrivate)),
  chooseFiles: () => ours(commands.chooseFiles()),
  chooseFolder: () => ours(commands.chooseFolder()),
  paste: (pictureName) => ours(commands.paste(pictureName)),
  taken: (profile, place, drop) => ours(commands.taken(profile, place, drop)),
  makeFolders: (profile, place, names) => done(commands.makeFolders(profile, place, names)),
  send: (request) => ours(commands.send(request)),
  cancelTransfer: (id) => done(commands.cancelTransfer(id)),
  pauseTransfer: (id) => done(commands.pauseTransfer(id)),
  resumeTransfer: (id) => done(commands.resumeTransfer(id)),
  forgetTransfer: (id) => done(commands.forgetTransfer(id)),
  leftovers: () => ours(commands.leftovers()),
  removeLeftovers: () => done(commands.removeLeftovers()),
  newFolder: (profile, place, name) => ours(commands.newFolder(profile, place, name)),
  renameRow: (profile, bucket, row, name) => ours(commands.renameRow(profile, bucket, row, name)),
  moveRows: (profile, bucket, chosen, to) => ours(commands.moveRows(profile, bucket, chosen, to)),
  deleteRows: (profile, bucket, chosen) => ours(commands.deleteRows(profile, bucket, chosen)),
  saveRows: (profile, bucket, chosen) => ours(commands.saveRows(profile, bucket, chosen)),
  consentTask: (id) => done(commands.consentTask(id)),
  undoTask: (id) => done(commands.undoTask(id)),
  pauseTask: (id) => done(commands.pauseTask(id)),
  resumeTask: (id) => done(commands.resumeTask(id)),
  cancelTask: (id) => done(commands.cancelTask(id)),
  forgetTask: (id) => done(commands.forgetTask(id)),
  watchTasks: (onEvent) => done(commands.watchTasks(new Channel<TaskEvent>(onEvent))),
  notify: (title, body) => done(commands.notify(title, body)),
  copyText: (text) => done(commands.copyText(text)),
  watchTransfers: (onEvent) => done(commands.watchTransfers(new Channel<TransferEvent>(onEvent))),
  watchDrops: (onEvent) => done(commands.watchDrops(new Channel<DropEvent>(onEvent))),
  watchLeaving: (onLeaving) => done(commands.watchLeaving(new Channel<null>(() => onLeaving()))),
  leave: (how) => done(commands.leave(how)),
  hasTray: () => ours(commands.hasTray()),
  tellTray: (words) => ours(commands.tellTray(words)),
};
