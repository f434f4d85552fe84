// The six digits that some profiles ask for, over whatever led to them.
import { type FormEvent, useId, useState } from "react";
import { Button } from "../../components/Button";
import { Field } from "../../components/Field";
import { Question } from "../../components/Question";
import { useFormats } from "../../i18n/format";
import { isolated } from "../../i18n/names";
import { Say, useSay } from "../../i18n/say";
import { troubleOf } from "../../i18n/trouble";
import type { AppError } from "../../ipc/bindings";
import type { CodeQuestion } from "./useGoIn";

const DIGITS = 6;

export function CodeDialog({ question }: { question: CodeQuestion | null }) {
  return question && <Asking question={question} />;
}

function Asking({ question }: { question: CodeQuestion }) {
  const say = useSay();
  const form = useId();
  const [code, setCode] = useState("");
  const [isShort, setShort] = useState(false);
  const [isAnswered, setAnswered] = useState(false);
  const { profile, error, isPending, answer, cancel } = question;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setShort(code.length < DIGITS);
    if (code.length < DIGITS || isPending) return;
    setAnswered(true);
    answer(code);
    setCode("");
  };
  const refused =
    isAnswered && error && code === "" && !isPending ? <Refused error={error} /> : null;
  return (
    <Question
      title={<Say id="code.title" />}
      cancel={say("code.cancel")}
      onCancel={cancel}
      answers={
        <Button look="big" type="submit" form={form} isPending={isPending}>
          <Say id={isPending ? "code.checking" : "code.submit"} />
        </Button>
      }
    >
      <p>
        <Say id="code.body" values={{ profile: isolated(profile) }} />
      </p>
      <form id={form} onSubmit={submit} noValidate>
        <Field
          autoFocus
          look="digits"
          autoComplete="one-time-code"
          label={say("code.label")}
          value={code}
          onChange={(typed) => {
            setShort(false);
            setCode(typed.replace(/\D/g, "").slice(0, DIGITS));
          }}
          error={isShort ? <Say id="code.short" /> : refused}
        />
      </form>
    </Question>
  );
}

function Refused({ error }: { error: AppError }) {
  const { why, next, values } = troubleOf(error, "connect", useFormats());
  return (
    <span role="alert">
      <Say id={why} values={values} /> <Say id={next} values={values} />
    </span>
  );
}
