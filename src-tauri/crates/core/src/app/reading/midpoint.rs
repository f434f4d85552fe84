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
                    let middle = middle(Alphabet::at(&self.last, *fork)?, here, bound)?;
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
        let alphabet = Alphabet::at(&self.last, same);
        let first = |text: &str| text[same..].chars().next();
        let position = |text: &str| position(&text[same..], alphabet.filter(Alphabet::is_hex));
        let (from, to) = (position(&self.first), position(&self.last));
        let is_alike = alphabet.and_then(|alphabet| alphabet.number(first(until)?)).is_some();
        let end = if is_alike { position(until) } else { 1.0 };
        if to > from { ((end - to) / (to - from)).max(0.0) } else { f64::INFINITY }
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

/// The fewest digits that are taken for a number to the base of sixteen: what programs name files by.
const HEX_DIGITS: usize = 8;

/// The letters or digits among which a character stands, in their order.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Alphabet {
    /// The usual ones, or its neighbours in Unicode: from the first to the last.
    Usual(char, char),
    /// The digits of a number to the base of sixteen.
    Hex { is_upper: bool },
}

impl Alphabet {
    /// That of the character which begins at this byte, by itself and what stands around it.
    fn at(text: &str, byte: usize) -> Option<Self> {
        let here = text[byte..].chars().next()?;
        Self::hex(text.as_bytes(), byte).or_else(|| Self::usual(here))
    }

    fn hex(text: &[u8], byte: usize) -> Option<Self> {
        let (before, behind) = text.split_at(byte);
        let is_part = |byte: &&u8| byte.is_ascii_alphanumeric();
        let around = || before.iter().rev().take_while(is_part).chain(behind.iter().take_while(is_part));
        let is_upper = around().any(u8::is_ascii_uppercase);
        let is_digit = |byte: &u8| byte.is_ascii_hexdigit() && !(is_upper && byte.is_ascii_lowercase());
        let is_hex =
            around().all(is_digit) && around().any(u8::is_ascii_alphabetic) && around().count() >= HEX_DIGITS;
        is_hex.then_some(Self::Hex { is_upper })
    }

    fn usual(here: char) -> Option<Self> {
        let (first, last) = match here {
            '0'..='9' => ('0', '9'),
            'A'..='Z' => ('A', 'Z'),
            'a'..='z' => ('a', 'z'),
            '\0'..='\u{ff}' => return None,
            '一'..='鿿' => ('一', '鿿'),
            '가'..='힣' => ('가', '힣'),
            other => {
                let block = u32::from(other) & !0x7f;
                (char::from_u32(block)?, char::from_u32(block | 0x7f)?)
            }
        };
        Some(Self::Usual(first, last))
    }

    fn is_hex(&self) -> bool {
        matches!(self, Self::Hex { .. })
    }

    /// How many there are.
    fn len(self) -> u32 {
        match self {
            Self::Usual(first, last) => u32::from(last) - u32::from(first) + 1,
            Self::Hex { .. } => 16,
        }
    }

    /// The how manieth a character is, from 0; `None` for one of another alphabet.
    fn number(self, one: char) -> Option<u32> {
        match self {
            Self::Usual(first, last) => {
                (first..=last).contains(&one).then(|| u32::from(one) - u32::from(first))
            }
            Self::Hex { is_upper } => {
                one.to_digit(16).filter(|_| one.is_ascii_digit() || one.is_ascii_uppercase() == is_upper)
            }
        }
    }

    fn character(self, number: u32) -> Option<char> {
        match self {
            Self::Usual(first, _) => char::from_u32(u32::from(first) + number),
            Self::Hex { is_upper } => {
                let digit = char::from_digit(number, 16)?;
                Some(if is_upper { digit.to_ascii_uppercase() } else { digit })
            }
        }
    }
}

/// A character from `here` up to, and without, `bound`, behind which about half of what is left there lies.
fn middle(alphabet: Alphabet, here: char, bound: Option<char>) -> Option<char> {
    let last = match bound {
        None => alphabet.len() - 1,
        Some(bound) => match alphabet.number(bound) {
            Some(bound) => bound.checked_sub(1)?,
            // All behind the last one of them is one step of many.
            None => alphabet.len() - 2,
        },
    };
    let here = alphabet.number(here)?;
    (here <= last).then(|| alphabet.character(here + (last - here) / 2))?
}

/// Where a text stands among all texts, from 0 to 1, if every digit and letter is as frequent as the others; they are
/// taken for those of `alphabet` where they are in it.
fn position(text: &str, alphabet: Option<Alphabet>) -> f64 {
    let (mut sum, mut step) = (0.0, 1.0);
    // More than a number can tell apart.
    for one in text.chars().take(16) {
        if ENDS.contains(&one) {
            return sum + step;
        }
        let among = alphabet.filter(|alphabet| alphabet.number(one).is_some()).or_else(|| Alphabet::usual(one));
        if let Some((among, number)) = among.and_then(|among| Some((among, among.number(one)?))) {
            step /= f64::from(among.len());
            sum += step * f64::from(number);
        }
    }
    sum
}
