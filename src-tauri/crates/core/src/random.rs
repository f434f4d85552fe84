//! Names that nobody can guess or meet twice, from the operating system's randomness.

use crate::{Error, Kind, Result};

/// So many characters of Crockford's alphabet, in small letters, five bits each: no `i`, `l`, `o` or `u` to misread
/// on the telephone.
pub(crate) fn random(chars: usize) -> Result<String> {
    const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let mut bytes = vec![0; chars];
    getrandom::fill(&mut bytes).map_err(|e| Error::from(Kind::Internal).with_source(e))?;
    Ok(bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect())
}

/// A name that opens something: 130 bits.
pub fn unguessable() -> Result<String> {
    random(26)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_names_are_alike() {
        let (one, other) = (random(8).unwrap(), random(8).unwrap());
        assert_ne!(one, other);
        assert_eq!(one.len(), 8);
    }
}
