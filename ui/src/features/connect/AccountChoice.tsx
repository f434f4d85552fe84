// Which account and which role, after signing in with an organisation. What has only one answer is not asked.
import { useQuery } from "@tanstack/react-query";
import { type ComponentProps, useState } from "react";
import { Button } from "../../components/Button";
import { Field } from "../../components/Field";
import { Skeleton } from "../../components/Skeleton";
import { ErrorNotice } from "../../i18n/ErrorNotice";
import { isolated } from "../../i18n/names";
import { type MessageId, Say, useSay } from "../../i18n/say";
import type { Account, AppError, Organisation } from "../../ipc/bindings";
import { useBackend } from "../../ipc/context";
import { accountsQuery, rolesQuery } from "../../queries/waysIn";
import { account as grouped } from "./about";
import { Choices } from "./Choices";
import { Frame } from "./Frame";
import styles from "./form.module.css";
import { RoleName } from "./RoleName";
import type { Entrance, Purpose } from "./useEntrance";

interface Props {
  organisation: Organisation;
  purpose: Purpose;
  entrance: Entrance;
  back: ComponentProps<typeof Frame>["back"];
}

export function AccountChoice({ organisation, purpose, entrance, back = null }: Props) {
  const wanted = wantedBy(purpose);
  const [chosen, setChosen] = useState<Account["id"] | null>(wanted.account);
  const [chosenRole, setRole] = useState<string | null>(wanted.role);
  const accounts = useQuery(accountsQuery(useBackend(), organisation));
  const list = accounts.data ?? [];
  const id = chosen ?? onlyOf(list)?.id ?? null;
  const account = list.find((one) => one.id === id) ?? (id === null ? null : { id, name: id });
  if (account === null)
    return (
      <Frame
        heading={<Say id="organisation.accounts" />}
        intro={<Say id="organisation.accountsIntro" />}
        back={back}
      >
        <Asked query={accounts} looking="organisation.accountsLooking">
          <Accounts accounts={list} onChoose={setChosen} />
        </Asked>
      </Frame>
    );
  const rest = { organisation, account, purpose, entrance, back };
  if (chosenRole !== null) return <RoleName {...rest} role={chosenRole} />;
  return <RoleChoice {...rest} onChoose={setRole} />;
}

function wantedBy(purpose: Purpose): { account: string | null; role: string | null } {
  if (purpose.kind !== "offer" || purpose.offer.signIn.kind !== "organisation")
    return { account: null, role: null };
  return purpose.offer.signIn;
}

const onlyOf = <Item,>(list: readonly Item[]): Item | null =>
  list.length === 1 ? (list[0] ?? null) : null;

const MANY = 8;

function Accounts(props: { accounts: readonly Account[]; onChoose: (id: Account["id"]) => void }) {
  const say = useSay();
  const [typed, setTyped] = useState("");
  const { accounts, onChoose } = props;
  if (accounts.length === 0) return <Line id="organisation.accountsNone" />;
  const wanted = typed.trim().toLowerCase();
  const shown = accounts.filter(({ id, name }) => `${name} ${id}`.toLowerCase().includes(wanted));
  const choices = shown.map(({ id, name }) => ({ id, name, detail: grouped(id) }));
  return (
    <>
      {accounts.length > MANY && (
        <Field autoFocus label={say("organisation.find")} value={typed} onChange={setTyped} />
      )}
      {shown.length === 0 && <Line id="organisation.findNone" />}
      <Choices label={say("organisation.accounts")} choices={choices} onChoose={onChoose} />
    </>
  );
}

interface RoleChoiceProps extends Props {
  account: Account;
  onChoose: (role: string) => void;
}

function RoleChoice({ account, onChoose, ...rest }: RoleChoiceProps) {
  const say = useSay();
  const roles = useQuery(rolesQuery(useBackend(), rest.organisation, account.id));
  const list = roles.data ?? [];
  const only = onlyOf(list);
  if (only !== null) return <RoleName {...rest} account={account} role={only} />;
  const values = { name: isolated(account.name) };
  const choices = list.map((name) => ({ id: name, name }));
  return (
    <Frame
      heading={<Say id="organisation.roles" />}
      intro={<Say id="organisation.rolesIntro" values={values} />}
      back={rest.back ?? null}
    >
      <Asked query={roles} looking="organisation.rolesLooking">
        {list.length === 0 && <Line id="organisation.rolesNone" values={values} />}
        <Choices label={say("organisation.roles")} choices={choices} onChoose={onChoose} />
      </Asked>
    </Frame>
  );
}

interface AskedProps {
  query: { isPending: boolean; error: AppError | null; refetch: () => unknown };
  looking: MessageId;
  children: React.ReactNode;
}

function Asked({ query, looking, children }: AskedProps) {
  const say = useSay();
  if (query.isPending) return <Skeleton label={say(looking)} rows={3} />;
  if (!query.error) return children;
  const again = (
    <Button onPress={() => query.refetch()}>
      <Say id="organisation.again" />
    </Button>
  );
  return <ErrorNotice error={query.error} task="accounts" actions={again} />;
}

function Line({ id, values }: { id: MessageId; values?: { name: string } }) {
  return (
    <p className={styles.quiet}>
      <Say id={id} {...(values ? { values } : {})} />
    </p>
  );
}
