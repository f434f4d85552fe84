//! Uploads on a bad day: answers that get lost, servers that know less or fail for a while, and ways out that leave
//! nothing behind.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU32, Ordering};

use guestpass_core::app::App;
use guestpass_core::journal::KeptFile;
use guestpass_core::ports::Journal;
use guestpass_core::{
    Action, Disposition, Expiry, IfTaken, Kind, OfferedFile, SendRequest, Transfer, TransferId, TransferState,
};
use guestpass_testkit::scripted::Answer;
use http::HeaderName;
use http::request::Parts;
use tempfile::NamedTempFile;

use super::Hostile;
use crate::world::{place, profile, send_and_wait};

/// One part, and three.
const SMALL: u64 = 5;
const LARGE: u64 = 20 << 20;

fn file_of(size: u64) -> (NamedTempFile, SendRequest) {
    let file = NamedTempFile::new().unwrap();
    file.as_file().set_len(size).unwrap();
    let request = SendRequest {
        profile: profile("press"),
        place: place(""),
        files: vec![OfferedFile { name: "film.mov".into(), size, path: file.path().to_owned() }],
        if_taken: IfTaken::KeepBoth,
        taken: BTreeSet::new(),
        expiry: Expiry::For(3_600),
        disposition: Disposition::Attachment,
    };
    (file, request)
}

/// Which step of an upload a request is.
fn step(asked: &Parts) -> &'static str {
    let query = asked.uri.query().unwrap_or_default();
    match asked.method.as_str() {
        "HEAD" => "look",
        "GET" if query.contains("uploadId") => "list",
        "POST" if query.contains("uploads") => "create",
        "POST" => "complete",
        "PUT" if query.contains("partNumber") => "part",
        "PUT" => "put",
        "DELETE" => "abort",
        _ => "check",
    }
}

/// What a server answers that keeps what it is sent.
fn fine(asked: &Parts) -> Answer {
    match step(asked) {
        "look" => Answer::status(404),
        "create" => Answer::document(
            "<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>",
        ),
        "complete" => Answer::document(
            "<CompleteMultipartUploadResult><ETag>\"e\"</ETag></CompleteMultipartUploadResult>",
        ),
        "abort" => Answer::status(204),
        "list" => Answer::document(
            "<ListPartsResult><IsTruncated>false</IsTruncated>\
             <Part><PartNumber>1</PartNumber><ETag>\"e\"</ETag><Size>8388608</Size></Part>\
             <Part><PartNumber>2</PartNumber><ETag>\"e\"</ETag><Size>8388608</Size></Part></ListPartsResult>",
        ),
        "check" => Answer::status(206),
        _ => Answer::status(200).header(http::header::ETAG, "\"e\""),
    }
}

fn steps(hostile: &Hostile, name: &str) -> Vec<Parts> {
    hostile.server.requests().into_iter().filter(|asked| step(asked) == name).collect()
}

/// A server that keeps what comes, loses its answer to `lost` once, and then refuses as it must.
async fn losing(lost: &'static str, then: impl Fn() -> Answer + Send + Sync + 'static) -> Hostile {
    let mark = std::sync::Mutex::new(String::new());
    let times = AtomicU32::new(0);
    Hostile::bucket(move |asked| {
        if let Some(sent) = asked.headers.get("x-amz-meta-guestpass-upload") {
            *mark.lock().unwrap() = sent.to_str().unwrap().to_owned();
        }
        match step(asked) {
            "look" if times.load(Ordering::Relaxed) > 0 => {
                let name = HeaderName::from_static("x-amz-meta-guestpass-upload");
                Answer::status(200).header(name, &mark.lock().unwrap())
            }
            one if one == lost => match times.fetch_add(1, Ordering::Relaxed) {
                0 => Answer::reset(),
                _ => then(),
            },
            _ => fine(asked),
        }
    })
    .await
}

#[tokio::test]
async fn a_file_whose_answer_was_lost_has_arrived_once_under_its_own_name() {
    let put = losing("put", || Answer::xml(412, "PreconditionFailed", "taken")).await;
    let completed = losing("complete", || Answer::xml(404, "NoSuchUpload", "gone")).await;
    for (hostile, size) in [(put, SMALL), (completed, LARGE)] {
        let (_file, request) = file_of(size);
        let sent = send_and_wait(&hostile.app, &request).await.remove(0).unwrap();
        assert_eq!(sent.key.as_str(), "film.mov");
        assert!(steps(&hostile, "abort").is_empty());
    }
}

#[tokio::test]
async fn a_file_of_somebody_else_under_the_same_name_is_not_taken_for_ours() {
    let times = AtomicU32::new(0);
    let hostile = Hostile::bucket(move |asked| match step(asked) {
        // It came between the look and the upload.
        "look" if asked.uri.path().ends_with("film.mov") && times.load(Ordering::Relaxed) > 0 => {
            Answer::status(200)
        }
        "put" if asked.uri.path().ends_with("film.mov") => {
            times.fetch_add(1, Ordering::Relaxed);
            Answer::xml(412, "PreconditionFailed", "taken")
        }
        _ => fine(asked),
    })
    .await;
    let (_file, request) = file_of(SMALL);
    let sent = send_and_wait(&hostile.app, &request).await.remove(0).unwrap();
    assert_eq!(sent.key.as_str(), "film (2).mov");
}

#[tokio::test]
async fn a_server_that_knows_no_checksums_is_asked_without_and_remembered() {
    let hostile = Hostile::bucket(|asked| {
        let mut names = asked.headers.keys().map(HeaderName::as_str);
        let has_sum =
            names.any(|name| name.starts_with("x-amz-checksum-") || name == "x-amz-sdk-checksum-algorithm");
        if has_sum { Answer::xml(501, "NotImplemented", "a header") } else { fine(asked) }
    })
    .await;
    let (_small, small) = file_of(SMALL);
    let (_large, large) = file_of(LARGE);
    // At the same time: each refusal is an answer to what that request asked, not to what another learnt meanwhile.
    let (one, other) = tokio::join!(send_and_wait(&hostile.app, &small), send_and_wait(&hostile.app, &large));
    assert!(one[0].is_ok() && other[0].is_ok());
    let refused = hostile.server.requests().len();
    send_and_wait(&hostile.app, &small).await.remove(0).unwrap();
    let again = &hostile.server.requests()[refused..];
    let puts: Vec<_> = again.iter().filter(|asked| step(asked) == "put").collect();
    assert_eq!(puts.len(), 1, "not asked with a checksum again");
    assert_eq!(puts[0].headers["if-none-match"], "*", "what it knows is still asked");
}

#[tokio::test]
async fn a_refusal_of_something_else_does_not_end_checksums() {
    let hostile = Hostile::bucket(|asked| match step(asked) {
        "put" if asked.uri.path().ends_with("film.mov") => Answer::xml(400, "InvalidRequest", "no"),
        _ => fine(asked),
    })
    .await;
    let (_file, mut request) = file_of(SMALL);
    send_and_wait(&hostile.app, &request).await.remove(0).unwrap_err();
    request.files[0].name = "other.mov".into();
    send_and_wait(&hostile.app, &request).await.remove(0).unwrap();
    assert!(steps(&hostile, "put").last().unwrap().headers.contains_key("x-amz-checksum-crc64nvme"));
}

#[tokio::test]
async fn a_part_that_fails_for_a_while_is_sent_again_and_no_other() {
    let times = AtomicU32::new(0);
    let hostile = Hostile::bucket(move |asked| match step(asked) {
        "part" if asked.uri.query().unwrap().contains("partNumber=2") => {
            match times.fetch_add(1, Ordering::Relaxed) {
                0 => Answer::xml(503, "SlowDown", "slow down"),
                1 => Answer::reset(),
                2 => Answer::xml(400, "RequestTimeout", "too slow"),
                _ => fine(asked),
            }
        }
        _ => fine(asked),
    })
    .await;
    let (_file, request) = file_of(LARGE);
    let mut states = hostile.app.transfers().watch();
    send_and_wait(&hostile.app, &request).await.remove(0).unwrap();
    assert_eq!(steps(&hostile, "part").len(), 6, "three parts, and the second three times more");
    assert_eq!(states.borrow_and_update()[0].bytes_sent, LARGE, "what was sent again is counted once");
    for asked in steps(&hostile, "part") {
        assert!(asked.headers.contains_key("x-amz-checksum-crc64nvme"));
    }
}

#[tokio::test]
async fn what_cannot_be_finished_is_removed() {
    for refused in ["part", "complete"] {
        let hostile = Hostile::bucket(move |asked| match step(asked) {
            one if one == refused => Answer::xml(403, "AccessDenied", "no"),
            _ => fine(asked),
        })
        .await;
        let (_file, request) = file_of(LARGE);
        let failed = send_and_wait(&hostile.app, &request).await.remove(0).unwrap_err();
        let kind = failed.error.kind();
        assert!(matches!(kind, Kind::AccessDenied { action: Action::Write, .. }), "{kind:?}");
        assert_eq!(steps(&hostile, "abort").len(), 1, "after a refused {refused}");
    }
}

#[tokio::test]
async fn a_cancelled_upload_is_removed() {
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    let hostile = Hostile::bucket(move |asked| {
        // Nobody listens any more once the test has ended.
        let _ = tell.send(step(asked));
        if step(asked) == "part" { Answer::silence() } else { fine(asked) }
    })
    .await;
    let (_file, request) = file_of(LARGE);
    let id = hostile.app.send(request).await.unwrap();
    while told.recv().await.unwrap() != "part" {}
    hostile.app.cancel(id).await;
    while told.recv().await.unwrap() != "abort" {}
    let mut states = hostile.app.transfers().watch();
    states.wait_for(|all| all[0].state == TransferState::Cancelled).await.unwrap();
}

/// Sends a large file until the server has two of its three parts, and ends the app there.
async fn interrupted() -> (Hostile, NamedTempFile) {
    let is_stuck = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(true));
    let stuck = is_stuck.clone();
    let hostile = Hostile::bucket(move |asked| {
        let is_third = asked.uri.query().is_some_and(|query| query.contains("partNumber=3"));
        if is_third && stuck.load(Ordering::Relaxed) { Answer::silence() } else { fine(asked) }
    })
    .await;
    let (file, request) = file_of(LARGE);
    hostile.app.send(request).await.unwrap();
    let mut states = hostile.app.transfers().watch();
    // What the third part has of the way counts, too: the other two are there when the journal has them.
    states.wait_for(|all| all[0].bytes_sent == LARGE).await.unwrap();
    let written = async || {
        let kept = hostile.journal.transfers().await.unwrap();
        matches!(&kept[0].1.files[0], KeptFile::Begun(_, multipart) if multipart.parts.len() == 2)
    };
    while !written().await {
        tokio::task::yield_now().await;
    }
    hostile.app.halt_transfers().await;
    is_stuck.store(false, Ordering::Relaxed);
    (hostile, file)
}

async fn ended(app: &App) -> Transfer {
    app.restore_transfers().await;
    let mut states = app.transfers().watch();
    states.wait_for(|all| all[0].state.is_ended()).await.unwrap()[0].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restart_only_the_missing_parts_are_sent() {
    let (hostile, _file) = interrupted().await;
    let before = hostile.server.requests().len();
    let transfer = ended(&hostile.restarted()).await;
    assert_eq!((transfer.state, transfer.bytes_sent), (TransferState::Finished, LARGE));
    let after = &hostile.server.requests()[before..];
    let parts: Vec<_> = after.iter().filter(|asked| step(asked) == "part").collect();
    assert!(parts.len() == 1 && parts[0].uri.query().unwrap().contains("partNumber=3"));
    assert!(!after.iter().any(|asked| matches!(step(asked), "create" | "abort")));
    assert!(transfer.restarted.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_another_after_a_restart_is_sent_from_the_start_and_that_is_told() {
    for keeps_its_time in [false, true] {
        let (hostile, file) = interrupted().await;
        let modified = file.as_file().metadata().unwrap().modified().unwrap();
        std::os::unix::fs::FileExt::write_all_at(file.as_file(), b"other", 9).unwrap();
        if keeps_its_time {
            file.as_file().set_modified(modified).unwrap();
        }
        let before = hostile.server.requests().len();
        let transfer = ended(&hostile.restarted()).await;
        assert_eq!(transfer.state, TransferState::Finished);
        assert_eq!(transfer.restarted.len(), 1);
        let after = &hostile.server.requests()[before..];
        let count = |name| after.iter().filter(|asked| step(asked) == name).count();
        assert_eq!((count("abort"), count("create"), count("complete")), (1, 1, 1), "{keeps_its_time}");
        assert!(count("part") >= 3);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_forgotten_is_removed_from_the_server() {
    let (hostile, _file) = interrupted().await;
    hostile.app.forget(TransferId(1)).await;
    assert_eq!(steps(&hostile, "abort").len(), 1);
    assert!(hostile.journal.transfers().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_file_that_replaces_another_does_not_end_the_care_for_the_next_ones() {
    let hostile = Hostile::bucket(fine).await;
    let (_file, mut request) = file_of(SMALL);
    (request.if_taken, request.taken) = (IfTaken::Replace, ["film.mov".to_owned()].into());
    send_and_wait(&hostile.app, &request).await.remove(0).unwrap();
    request.files[0].name = "other.mov".into();
    send_and_wait(&hostile.app, &request).await.remove(0).unwrap();
    let puts = steps(&hostile, "put");
    assert!(!puts[0].headers.contains_key("if-none-match"), "the person wants it replaced");
    assert_eq!(puts[1].headers["if-none-match"], "*");
}

/// Long enough for the app to act before the answer comes.
const LATE: std::time::Duration = std::time::Duration::from_millis(700);

#[tokio::test(flavor = "multi_thread")]
async fn pausing_while_one_file_begins_takes_nothing_from_the_others() {
    let hostile = Hostile::bucket(|asked| {
        let is_other = asked.uri.path().ends_with("other.mov");
        let is_third = asked.uri.query().is_some_and(|query| query.contains("partNumber=3"));
        match step(asked) {
            "create" if is_other => fine(asked).after(LATE),
            "part" if is_third => Answer::silence(),
            _ => fine(asked),
        }
    })
    .await;
    let (_file, mut request) = file_of(LARGE);
    request.files.push(OfferedFile { name: "other.mov".into(), ..request.files[0].clone() });
    let id = hostile.app.send(request).await.unwrap();
    let parts = async |at: usize| match &hostile.journal.transfers().await.unwrap()[0].1.files[at] {
        KeptFile::Begun(_, begun) => (begun.upload_id.is_some(), begun.parts.len()),
        _ => (false, 0),
    };
    while parts(0).await != (true, 2) || steps(&hostile, "create").len() < 2 {
        tokio::task::yield_now().await;
    }
    hostile.app.pause(id).await;
    while !parts(1).await.0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(parts(0).await, (true, 2), "what had arrived is there when it goes on");
    assert!(steps(&hostile, "abort").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_begins_after_it_was_begun_anew_is_the_one_that_goes() {
    let begun = AtomicU32::new(0);
    let hostile = Hostile::bucket(move |asked| match step(asked) {
        "create" => {
            let time = begun.fetch_add(1, Ordering::Relaxed);
            let answer = Answer::document(format!(
                "<InitiateMultipartUploadResult><UploadId>id{time}</UploadId></InitiateMultipartUploadResult>"
            ));
            if time == 0 { answer.after(LATE) } else { answer }
        }
        "check" if asked.uri.query().is_some_and(|query| query.starts_with("uploads")) => {
            Answer::document("<ListMultipartUploadsResult></ListMultipartUploadsResult>")
        }
        _ => fine(asked),
    })
    .await;
    let (_file, request) = file_of(LARGE);
    let id = hostile.app.send(request).await.unwrap();
    while steps(&hostile, "create").is_empty() {
        tokio::task::yield_now().await;
    }
    hostile.app.pause(id).await;
    hostile.app.resume(id).await;
    let mut states = hostile.app.transfers().watch();
    states.wait_for(|all| all[0].state == TransferState::Finished).await.unwrap();
    while steps(&hostile, "abort").is_empty() {
        tokio::task::yield_now().await;
    }
    let names = |step| -> BTreeSet<String> {
        let of = |asked: &Parts| asked.uri.query().unwrap().split("uploadId=").nth(1).unwrap()[..3].to_owned();
        steps(&hostile, step).iter().map(of).collect()
    };
    assert_eq!((names("complete"), names("abort")), (["id1".to_owned()].into(), ["id0".to_owned()].into()));
}

#[tokio::test]
async fn an_upload_whose_beginning_was_lost_is_found_and_removed() {
    let begun = AtomicU32::new(0);
    let hostile = Hostile::bucket(move |asked| match step(asked) {
        "create" if begun.fetch_add(1, Ordering::Relaxed) == 0 => Answer::reset(),
        "check" if asked.uri.query().is_some_and(|query| query.contains("uploads")) => {
            let upload = |key: &str, id: &str, at: jiff::Timestamp| {
                format!("<Upload><Key>{key}</Key><UploadId>{id}</UploadId><Initiated>{at}</Initiated></Upload>")
            };
            let (now, yesterday) = (jiff::Timestamp::now(), jiff::Timestamp::now() - jiff::SignedDuration::from_hours(24));
            Answer::document(format!(
                "<ListMultipartUploadsResult><EncodingType>url</EncodingType>{}{}{}{}</ListMultipartUploadsResult>",
                upload("film+1%2B1.mov", "u", now),
                upload("film+1%2B1.mov", "lost", now),
                upload("film+1%2B1.mov", "old", yesterday),
                upload("film+1%2B1.mov.part", "another", now),
            ))
        }
        _ => fine(asked),
    })
    .await;
    let (_file, mut request) = file_of(LARGE);
    request.files[0].name = "film 1+1.mov".into();
    send_and_wait(&hostile.app, &request).await.remove(0).unwrap();
    let aborted: Vec<_> =
        steps(&hostile, "abort").iter().map(|asked| asked.uri.query().unwrap().to_owned()).collect();
    assert_eq!(aborted.len(), 1, "{aborted:?}");
    assert!(aborted[0].ends_with("uploadId=lost"), "{aborted:?}");
}
