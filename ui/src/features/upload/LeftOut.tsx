// What a drop held that needs no upload: files that the system keeps for itself, and folders without files.
import { Button } from "../../components/Button";
import { Notice } from "../../components/Notice";
import { ErrorNotice } from "../../i18n/ErrorNotice";
import { Say } from "../../i18n/say";
import { useMakeFolders } from "../../queries/upload";
import type { Rest } from "./useUploads";

export function LeftOut({ rest }: { rest: Rest }) {
  const { emptyFolders, skipped, profile, place } = rest;
  const make = useMakeFolders(profile, place);
  const folders = emptyFolders.length;
  const system = skipped.filter(({ reason }) => reason === "system").length;
  if (folders === 0 && system === 0) return null;
  return (
    <>
      <Notice
        tone="plain"
        actions={
          folders > 0 &&
          !make.isSuccess && (
            <Button isPending={make.isPending} onPress={() => make.mutate(emptyFolders)}>
              <Say id="upload.makeFolders" values={{ count: folders }} />
            </Button>
          )
        }
      >
        {folders > 0 && (
          <p role="status">
            <Say
              id={make.isSuccess ? "upload.madeFolders" : "upload.emptyFolders"}
              values={{ count: folders }}
            />
          </p>
        )}
        {system > 0 && (
          <p>
            <Say id="upload.systemFiles" values={{ count: system }} />
          </p>
        )}
      </Notice>
      {make.error && <ErrorNotice error={make.error} task="folders" />}
    </>
  );
}
