// What is typed and pasted of an access key, what is missing of it, and checking it. The pasted secret is not here: it
// stays in the app, and only that it was found is known.
import { useEffect, useState } from "react";
import { useSay } from "../../i18n/say";
import type { ProfileId } from "../../ipc/backend";
import type { ConnectionOffer, NewKey, PastedKey } from "../../ipc/bindings";
import { useAddConnection, useForgetPasted, usePasteKey } from "../../queries/waysIn";
import { type Asked, missingIn, type Provider, providerAt, type Typed, whereOf } from "./presets";

/** What a connection file says of the server, so that nobody has to type it. */
export type KeyOffer = Extract<ConnectionOffer["signIn"], { kind: "key" }>;

export type KeyForm = ReturnType<typeof useKeyForm>;

interface Fields {
  provider: Provider;
  where: Typed;
  /** Null until somebody types one: then it is the provider's. */
  name: string | null;
  id: string;
  secret: string;
  token: string;
}

const EMPTY: Fields = {
  provider: "aws",
  where: { account: "", address: "", region: "" },
  name: null,
  id: "",
  secret: "",
  token: "",
};

type Missing = Asked | "id" | "secret" | "name";

export function useKeyForm(
  offer: ConnectionOffer | null,
  onAdded: (profile: ProfileId, insistsOnHttp: boolean) => void,
) {
  const say = useSay();
  const add = useAddConnection();
  const [fields, setFields] = useState(EMPTY);
  const [isTried, setTried] = useState(false);
  const { pasted, ...pasting } = usePasting((key) => setFields((known) => filled(known, key)));
  const name = offer?.name ?? fields.name ?? say(`key.provider.${fields.provider}`);
  const missing = missingOf(fields, name, pasted, offer);

  const submit = (change: { sessionOnly?: boolean; insistsOnHttp?: boolean } = {}) => {
    setTried(true);
    if (missing.length > 0 || add.isPending) return;
    const { sessionOnly = false } = change;
    const earlier = add.variables?.kind === "key" && add.variables.key.insistsOnHttp;
    const insistsOnHttp = change.insistsOnHttp ?? earlier;
    const key = { ...keyOf(fields, name, offer), usesPasted: pasted !== null, insistsOnHttp };
    const onSuccess = ({ id }: { id: ProfileId }) => onAdded(id, insistsOnHttp);
    add.mutate({ kind: "key", key, sessionOnly }, { onSuccess });
  };
  return {
    ...{ fields, name, pasted, pasting, submit },
    isMissing: (what: Missing) => isTried && missing.includes(what),
    isChecking: add.isPending,
    error: add.error,
    set: (change: Partial<Fields>) => {
      add.reset();
      setFields((known) => ({ ...known, ...change }));
    },
    setWhere: (asked: Asked, text: string) => {
      add.reset();
      setFields((known) => ({ ...known, where: { ...known.where, [asked]: text } }));
    },
  };
}

function usePasting(onFound: (key: PastedKey) => void) {
  const paste = usePasteKey();
  const drop = useForgetPasted();
  useEffect(() => drop, [drop]);
  const [pasted, setPasted] = useState<PastedKey | null>(null);
  const take = (key: PastedKey | null) => {
    setPasted(key);
    if (key) onFound(key);
  };
  return {
    pasted,
    isPending: paste.isPending,
    error: paste.error,
    foundNothing: paste.isSuccess && paste.data === null,
    paste: () => paste.mutate(undefined, { onSuccess: take }),
    forget: () => {
      drop();
      paste.reset();
      setPasted(null);
    },
  };
}

/** What was pasted takes the place of what was typed, and may tell where it belongs. */
function filled(fields: Fields, { endpoint, region, ...key }: PastedKey): Fields {
  const known = {
    ...fields,
    id: key.accessKeyId === null ? fields.id : "",
    secret: key.hasSecret ? "" : fields.secret,
    token: key.hasToken ? "" : fields.token,
  };
  const told = region === null ? {} : { region };
  if (endpoint === null) return { ...known, where: { ...known.where, ...told } };
  const provider = providerAt(endpoint) ?? "other";
  const where = { account: endpoint, address: endpoint, region: endpoint, ...told };
  const takesRegion = ["aws", "other"].includes(provider);
  return { ...known, provider, where: takesRegion ? { ...where, region: region ?? "" } : where };
}

function missingOf(
  fields: Fields,
  name: string,
  pasted: PastedKey | null,
  offer: ConnectionOffer | null,
): readonly Missing[] {
  const missing: Missing[] = offer ? [] : [...missingIn(fields.provider, fields.where)];
  if (fields.id.trim() === "" && !pasted?.accessKeyId) missing.push("id");
  if (fields.secret.trim() === "" && !pasted?.hasSecret) missing.push("secret");
  if (name.trim() === "") missing.push("name");
  return missing;
}

type Typing = Omit<NewKey, "usesPasted" | "insistsOnHttp">;

function keyOf(fields: Fields, name: string, offer: ConnectionOffer | null): Typing {
  const signIn = offer?.signIn.kind === "key" ? offer.signIn : null;
  const { endpoint, region, addressing } = signIn ?? whereOf(fields.provider, fields.where);
  return {
    ...{ name: name.trim(), endpoint, region, addressing, offer: offer?.id ?? null },
    accessKeyId: fields.id.trim(),
    secretAccessKey: fields.secret.trim(),
    sessionToken: fields.token.trim(),
  };
}
