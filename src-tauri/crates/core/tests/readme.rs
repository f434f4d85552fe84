//! What README tells administrators to write is understood.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must stop loudly")]

use guestpass_core::{ConnectionFile, Policy};

/// The TOML of README that holds this line.
fn example(line: &str) -> String {
    let readme = include_str!("../../../../README.md");
    let blocks = readme.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.into_iter().find(|block| block.contains(line)).unwrap().to_owned()
}

#[test]
fn the_connection_file_is_one() {
    let file = ConnectionFile::parse(example("guestpass = 1").as_bytes(), "acme.guestpass", &[]).unwrap();
    assert_eq!((file.name.as_str(), file.usual_seconds), ("Acme press office", Some(259_200)));
}

#[test]
fn the_policy_is_one_but_for_the_key_that_nobody_has() {
    let text = example("audit-log");
    let text =
        text.replace("\"RWQ…\"", "").replace("\"/var", if cfg!(windows) { "\"C:/var" } else { "\"/var" });
    let policy = Policy::parse(text.as_bytes(), "policy.toml").unwrap();
    assert!(!policy.access_keys && !policy.limits.inline && policy.audit_log.is_some());
}
