//! Names beside those that are taken.

/// How many names are tried before a file is refused.
pub(super) const MAX_COPIES: u32 = 1_000;

/// "film.mp4" → "film (2).mp4"; ".env" → ".env (2)"; the folders of a path stay as they are.
pub(super) fn numbered(name: &str, copy: u32) -> String {
    let start = name.rfind('/').map_or(0, |slash| slash + 1);
    match (copy, name[start..].rfind('.').map(|dot| start + dot)) {
        (1, _) => name.to_owned(),
        (_, Some(dot)) if dot > start => format!("{} ({copy}){}", &name[..dot], &name[dot..]),
        _ => format!("{name} ({copy})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_name_gets_a_number_before_its_ending() {
        assert_eq!(numbered("film.mp4", 1), "film.mp4");
        assert_eq!(numbered("film.mp4", 2), "film (2).mp4");
        assert_eq!(numbered("a.tar.gz", 3), "a.tar (3).gz");
        assert_eq!(numbered(".env", 2), ".env (2)");
        assert_eq!(numbered("README", 2), "README (2)");
        assert_eq!(numbered("v1.2/README", 2), "v1.2/README (2)");
        assert_eq!(numbered("v1.2/.env", 2), "v1.2/.env (2)");
    }
}
