//! How a file is cut. The rules are S3's: at most 10,000 parts of 5 MiB to 5 GiB, of which the last may be smaller
//! (<https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html>).

use std::ops::Range;

const MIB: u64 = 1024 * 1024;

/// The usual part, and the largest file that goes in one request, in bytes.
pub(super) const PART: u64 = 8 * MIB;

const MAX_PARTS: u64 = 10_000;

/// The largest file: 5 TiB. Some servers take more, but its parts would not fit the memory that we allow ourselves.
pub(super) const LARGEST: u64 = 5 * 1024 * 1024 * MIB;

/// What bodies on their way may hold of the memory, whatever the number or size of files, in MiB.
pub(super) const BUDGET_MIB: usize = 64;

/// Files that go in parts at the same time: whole ones, one after the other, are worth more than halves of all.
pub(super) const LARGE_AT_ONCE: usize = 4;

/// Requests of one file at the same time.
pub(super) const PARTS_AT_ONCE: usize = 8;

/// How long the parts of a file of this size are, in bytes.
pub(super) fn part_size(size: u64) -> u64 {
    PART.max(size.div_ceil(MAX_PARTS).next_multiple_of(MIB))
}

/// The bytes of each part, in order. An empty file is one empty part.
pub(super) fn parts(size: u64, part: u64) -> impl Iterator<Item = Range<u64>> {
    (0..size.div_ceil(part).max(1)).map(move |at| at * part..((at + 1) * part).min(size))
}

/// What a body of so many bytes takes of the budget, in MiB. A part larger than all of it goes alone.
pub(super) fn share_of_budget(bytes: u64) -> u32 {
    let mib = bytes.div_ceil(MIB).clamp(1, BUDGET_MIB as u64);
    u32::try_from(mib).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_in_one_part_and_there_are_never_too_many() {
        for size in [0, 1, PART, PART + 1, 80_000 * MIB, 80_000 * MIB + 1, 60_000_000_001, LARGEST - 1, LARGEST]
        {
            let mut end = 0;
            let mut count = 0;
            for part in parts(size, part_size(size)) {
                assert_eq!(part.start, end);
                assert!(part.end - part.start >= 5 * MIB || part.end == size, "{size}: {part:?}");
                end = part.end;
                count += 1;
            }
            assert_eq!(end, size);
            assert!((1..=10_000).contains(&count), "{size} in {count}");
        }
    }

    #[test]
    fn nothing_asks_for_more_than_the_budget() {
        assert_eq!(share_of_budget(0), 1);
        assert_eq!(share_of_budget(PART), 8);
        assert_eq!(share_of_budget(LARGEST), 64);
    }
}
