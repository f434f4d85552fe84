// An error as the person meets it: three parts, the technical text folded away, and a way to hand that to IT. Whoever
// provides a way to sign in again has it offered in every error that it would help.
import { createContext, type ReactNode, useContext } from "react";
import { Details } from "../components/Details";
import { Notice } from "../components/Notice";
import type { AppError } from "../ipc/bindings";
import { isAboutSignIn } from "../ipc/errors";
import { useCopyText } from "../queries/share";
import { useFormats } from "./format";
import { Say, useSay } from "./say";
import { type Task, technicalText, troubleOf } from "./trouble";

interface Props {
  error: AppError;
  task: Task;
  /** Buttons for what to do next. */
  actions?: ReactNode;
  tone?: "danger" | "plain";
}

/** The button that signs in again, where there is one. */
export const SignInAgain = createContext<ReactNode>(null);

export function ErrorNotice({ error, task, actions, tone = "danger" }: Props) {
  const again = useContext(SignInAgain);
  const isHelped = again !== null && isAboutSignIn(error);
  const trouble = troubleOf(error, task, useFormats());
  return (
    <Notice
      tone={tone}
      role="alert"
      title={<Say id={trouble.what} values={trouble.values} />}
      actions={
        isHelped ? (
          <>
            {again}
            {actions}
          </>
        ) : (
          actions
        )
      }
      details={<ErrorDetails error={error} />}
    >
      <Say id={trouble.why} values={trouble.values} />{" "}
      <Say id={trouble.next} values={trouble.values} />
    </Notice>
  );
}

export function ErrorDetails({ error }: { error: AppError }) {
  const say = useSay();
  const copy = useCopyText();
  const text = technicalText(error);
  const label = copy.isSuccess
    ? "trouble.detailsCopied"
    : copy.isError
      ? "trouble.detailsNotCopied"
      : "trouble.copyDetails";
  return (
    <Details
      summary={say("trouble.details")}
      text={text}
      copyLabel={say(label)}
      onCopy={() => copy.mutate(text)}
    />
  );
}
