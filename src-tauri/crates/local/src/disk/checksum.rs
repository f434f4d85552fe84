//! The checksums that S3 keeps of whole objects
//! (<https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html>).

use std::fs::File;
use std::io::{self, Read as _, Seek as _};

use crc_fast::{CrcAlgorithm, Digest as Crc};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};

/// Read at a time, in bytes.
const CHUNK: usize = 1 << 20;

/// Of all that is in the file, in base64; `None` for an algorithm that is not S3's.
pub(super) fn of(file: &File, algorithm: &str) -> io::Result<Option<String>> {
    let crc = |algorithm| sum(file, Crc::new(algorithm), |crc, bytes| crc.update(bytes));
    let sum = match algorithm {
        // The 32-bit ones are kept as four bytes.
        "CRC32" => crc(CrcAlgorithm::Crc32IsoHdlc)?.finalize().to_be_bytes()[4..].to_vec(),
        "CRC32C" => crc(CrcAlgorithm::Crc32Iscsi)?.finalize().to_be_bytes()[4..].to_vec(),
        "CRC64NVME" => crc(CrcAlgorithm::Crc64Nvme)?.finalize().to_be_bytes().to_vec(),
        "SHA1" => sum(file, Sha1::new(), |sha, bytes| sha.update(bytes))?.finalize().to_vec(),
        "SHA256" => sum(file, Sha256::new(), |sha, bytes| sha.update(bytes))?.finalize().to_vec(),
        _ => return Ok(None),
    };
    Ok(Some(base64_simd::STANDARD.encode_to_string(sum)))
}

fn sum<Digest>(mut file: &File, mut digest: Digest, add: impl Fn(&mut Digest, &[u8])) -> io::Result<Digest> {
    file.rewind()?;
    let mut chunk = vec![0; CHUNK];
    loop {
        match file.read(&mut chunk)? {
            0 => return Ok(digest),
            length => add(&mut digest, &chunk[..length]),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    /// The check values of the catalogue of CRCs, and of FIPS 180, all of "123456789"
    /// (<https://reveng.sourceforge.io/crc-catalogue/all.htm>).
    #[test]
    fn sums_are_those_that_everybody_gets() {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(b"123456789").unwrap();
        for (algorithm, expected) in [
            ("CRC32", "cbf43926"),
            ("CRC32C", "e3069283"),
            ("CRC64NVME", "ae8b14860a799888"),
            ("SHA1", "f7c3bc1d808e04732adf679965ccc34ca7ae3441"),
            ("SHA256", "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"),
        ] {
            let sum = of(&file, algorithm).unwrap().unwrap();
            let bytes = base64_simd::STANDARD.decode_to_vec(sum).unwrap();
            assert_eq!(hex::encode(bytes), expected, "{algorithm}");
        }
        assert_eq!(of(&file, "MD9").unwrap(), None);
    }
}
