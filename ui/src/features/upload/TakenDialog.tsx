// Names that are taken in the place where files are to go: what happens to all of them, asked before anything is sent.
import { Name } from "../../components/Name";
import { Answer, Question } from "../../components/Question";
import { anotherName, isolated, visible } from "../../i18n/names";
import { Say, useSay } from "../../i18n/say";
import styles from "./TakenDialog.module.css";
import type { TakenQuestion } from "./useUploads";

export function TakenDialog({ question }: { question: TakenQuestion | null }) {
  const say = useSay();
  if (question === null) return null;
  const { taken, files, answer } = question;
  const { count, names } = taken;
  const first = names[0] ?? "";
  return (
    <Question
      title={<Say id="taken.title" values={{ count, name: isolated(first) }} />}
      answers={
        <>
          <Answer
            isUsual
            label={say("taken.keepBoth")}
            hint={<Say id="taken.keepBothHint" values={{ name: isolated(anotherName(first)) }} />}
            onPress={() => answer("keepBoth")}
          />
          <Answer
            label={say("taken.replace")}
            hint={<Say id="taken.replaceHint" values={{ count }} />}
            onPress={() => answer("replace")}
          />
          <Answer
            label={say("taken.skip", { count })}
            hint={<Say id="taken.skipHint" values={{ rest: Math.max(0, files - count) }} />}
            onPress={() => answer("skip")}
          />
        </>
      }
      cancel={say("taken.cancel")}
      onCancel={() => answer(null)}
    >
      {count > 1 && (
        <ul className={styles.names} aria-label={say("taken.names")}>
          {names.map((name) => (
            <li key={name}>
              <Name>{visible(name)}</Name>
            </li>
          ))}
          {count > names.length && (
            <li>
              <Say id="upload.more" values={{ count: count - names.length }} />
            </li>
          )}
        </ul>
      )}
    </Question>
  );
}
