//! Where to open a listing in what is left of it, guessed from what was seen.
//!
//! Keys share long beginnings and differ in a few places: numbers count up, dates go on, folders follow one another.
//! So the guess is made at the first place in which the keys were seen to differ. There it goes behind all that
//! begins like the last key, as far as that is open, and else through the middle between two digits or letters.
//!
//! A guess keeps the beginning of a key that was seen, and adds only what stands behind `/` in the order of bytes.
//! Servers that keep objects in folders list all of `a/` before `a-b`; by that rule such a server and one that goes by
//! bytes agree on what lies before a guess and what behind it, for all that comes after that key.

use super::page::name;
use crate::Entry;

/// What stands behind all that usually follows in a name: of ASCII, of the plane of most scripts, of all. Each is a
/// letter or a sign that every server takes.
const ENDS: [char; 3] = ['~', '\u{ffdc}', '\u{3134a}'];

/// What a range has shown of its keys.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    /// The first of the last page.
    first: String,
    /// The last.
    pub(super) last: String,
    /// Where, in bytes, keys before the last began to differ from it: each a length of what they share, ascending.
    forks: Vec<usize>,
}

impl Seen {
    /// What a page shows, with what was known before it, or with a key that stands before the range.
    pub(super) fn on(entries: &[Entry], known: Option<&Self>, before: Option<&str>) -> Option<Self> {
        let (first, last) = (name(entries.first()?), name(entries.last()?));
        let mut forks = Vec::new();
        if let Some(known) = known {
            let shared = shared(&known.last, last);
            forks.extend(known.forks.iter().filter(|fork| **fork < shared));
            forks.push(shared);
        }
        forks.extend(before.map(|before| shared(before, last)));
        let mut rest = entries;
        while let Some(next) = rest.first().map(name).filter(|next| *next != last) {
            let fork = shared(next, last);
            forks.push(fork);
            rest = &rest[rest.partition_point(|entry| shared(name(entry), last) <= fork)..];
        }
        forks.sort_unstable();
        forks.dedup();
        // A key that begins like the last one and goes on stands behind it, unless the server has another order.
        forks.retain(|fork| *fork < last.len());
        Some(Self { first: first.to_owned(), last: last.to_owned(), forks })
    }

    /// A text between the last key and `until` (the end of all, if `None`); `floor` is how much all keys share.
    pub(super) fn cut(&self, until: Option<&str>, floor: usize) -> Option<String> {
        let fits = |cut: &String| *cut > self.last && until.is_none_or(|until| cut.as_str() < until);
        self.forks.iter().find_map(|fork| {
            let (stem, rest) = self.last.split_at(*fork);
            let here = rest.chars().next()?;
            let bound = until.and_then(|until| until.strip_prefix(stem)?.chars().next());
            let cut = match bound {
                None if *fork > floor => format!("{stem}{}", end_behind(here)?),
                bound => {
                    let middle = middle(here, bound)?;
                    format!("{stem}{middle}{}", end_behind('/')?)
                }
            };
            Some(cut).filter(fits)
        })
    }

    /// How many pages like the last one may lie before `until`. Without end, where nothing tells.
    pub(super) fn pages_left(&self, until: Option<&str>) -> f64 {
        let Some(until) = until else { return f64::INFINITY };
        let same = shared(&self.first, until);
        let (first, last) = (position(&self.first[same..]), position(&self.last[same..]));
        let kind = |text: &str| text[same..].chars().next().and_then(alphabet);
        let end = if kind(until) == kind(&self.last) { position(&until[same..]) } else { 1.0 };
        if last > first { ((end - last) / (last - first)).max(0.0) } else { f64::INFINITY }
    }
}

/// How many bytes both begin with, in whole characters.
fn shared(one: &str, other: &str) -> usize {
    let same = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    (0..=same).rev().find(|at| one.is_char_boundary(*at)).unwrap_or_default()
}

fn end_behind(here: char) -> Option<char> {
    ENDS.into_iter().find(|end| *end > here)
}

/// The letters or digits among which a character stands: the usual ones, or its neighbours in Unicode.
fn alphabet(one: char) -> Option<(char, char)> {
    match one {
        '0'..='9' => Some(('0', '9')),
        'A'..='Z' => Some(('A', 'Z')),
        'a'..='z' => Some(('a', 'z')),
        '\0'..='\u{ff}' => None,
        '一'..='鿿' => Some(('一', '鿿')),
        '가'..='힣' => Some(('가', '힣')),
        other => {
            let block = u32::from(other) & !0x7f;
            Some((char::from_u32(block)?, char::from_u32(block | 0x7f)?))
        }
    }
}

/// A character from `here` up to, and without, `bound`, behind which about half of what is left there lies.
fn middle(here: char, bound: Option<char>) -> Option<char> {
    let (first, last) = alphabet(here)?;
    let last = match bound {
        Some(bound) if (first..=last).contains(&bound) => u32::from(bound).checked_sub(1)?,
        // All behind the last one of them is one step of many.
        Some(_) => u32::from(last) - 1,
        None => u32::from(last),
    };
    let here = u32::from(here);
    (here <= last).then(|| char::from_u32(here + (last - here) / 2))?
}

/// Where a text stands among all texts, from 0 to 1, if every digit and letter is as frequent as the others.
fn position(text: &str) -> f64 {
    let (mut sum, mut step) = (0.0, 1.0);
    // More than a number can tell apart.
    for one in text.chars().take(16) {
        if ENDS.contains(&one) {
            return sum + step;
        }
        if let Some((first, last)) = alphabet(one) {
            let at = |one: char| f64::from(u32::from(one) - u32::from(first));
            step /= at(last) + 1.0;
            sum += step * at(one);
        }
    }
    sum
}
