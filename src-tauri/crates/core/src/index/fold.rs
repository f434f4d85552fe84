//! Text without what people do not mean when they search: case, accents, forms of Unicode.

use icu_casemap::CaseMapper;
use icu_normalizer::DecomposingNormalizerBorrowed;
use icu_normalizer::properties::CanonicalCombiningClassMapBorrowed;

/// The text taken apart into letters and marks, without the marks, in folded case: `Ａ Émile.PDF` becomes
/// `a emile.pdf`. By NFKD (<https://www.unicode.org/reports/tr15/>) and full case folding
/// (<https://www.unicode.org/Public/UCD/latest/ucd/CaseFolding.txt>).
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// [`fold`], behind what is there. Letter by letter: the order of marks, for which a text has to be seen as a whole, is
/// nothing to one without marks, and most letters of most names are ASCII.
pub(super) fn fold_into(text: &str, folded: &mut String) {
    let classes = CanonicalCombiningClassMapBorrowed::new();
    let apart = DecomposingNormalizerBorrowed::new_nfkd();
    let cases = CaseMapper::new();
    for letter in text.chars() {
        if letter.is_ascii() {
            folded.push(letter.to_ascii_lowercase());
            continue;
        }
        for part in apart.normalize_iter(std::iter::once(letter)).filter(|c| classes.get_u8(*c) == 0) {
            folded.push_str(&cases.fold_string(part.encode_utf8(&mut [0; 4])));
        }
    }
}
