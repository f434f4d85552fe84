//! Keys in lines: variables, sections, and what web pages show.

use super::{Field, Found};

/// Words before a name that set it, in POSIX shells, csh, fish and `cmd`.
const SETTING: [&str; 7] = ["export", "declare", "set", "setenv", "setx", "env", "local"];

/// A key for each section; lines above the first section are one too.
pub(super) fn read(text: &str) -> Vec<Found> {
    let mut sections = vec![Found::default()];
    // A name that stood alone, whose value is the next line.
    let mut awaited = None;
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let Some(found) = sections.last_mut() else { break };
        if line.starts_with('[') && line.contains(']') {
            sections.push(Found::default());
            awaited = None;
        } else if line.starts_with(['#', ';']) || line.starts_with("//") {
        } else if let Some(field) = alone(line) {
            awaited = Some(field);
        } else if let Some(field) = awaited.take().filter(|_| pair(line).is_none()) {
            found.put(field, quoted(line).0);
        } else {
            pairs(line, found);
        }
    }
    sections
}

/// `Access Key ID`, also with a colon behind it.
fn alone(line: &str) -> Option<Field> {
    Field::of(line.strip_suffix([':', '=']).unwrap_or(line))
}

/// Every name and value in a line: `A=x B=y`, `A=x; B=y`.
fn pairs(mut line: &str, found: &mut Found) {
    while let Some((field, value, rest)) = pair(line) {
        found.put(field, value);
        line = rest;
    }
}

/// The first name that is known, its value, and what is behind that.
fn pair(line: &str) -> Option<(Field, &str, &str)> {
    let line =
        without_setting(line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ';' | '&' | ',')));
    let (name, behind) = line.split_once(['=', ':', '\t']).unzip();
    if let (Some(name), Some(behind)) = (name, behind)
        && let Some(field) = Field::of(name)
    {
        let (value, rest) = quoted(behind.trim_start_matches(|c: char| c.is_whitespace() || c == '='));
        return Some((field, value, rest));
    }
    // `setx NAME value`, and tables whose cells were parted by spaces.
    let (name, value) = line.rsplit_once(char::is_whitespace)?;
    Some((Field::of(name)?, quoted(value).0, ""))
}

/// A line without what a shell wants before a name.
fn without_setting(line: &str) -> &str {
    // `"NAME": "value",` of JSON that was not pasted whole, and cmd's `set "NAME=value"`.
    let mut line = line.trim_start_matches(['"', '\'']);
    if let Some(name) = line.get(..5).filter(|start| start.eq_ignore_ascii_case("$env:")) {
        return &line[name.len()..];
    }
    while let Some((word, rest)) = line.split_once(char::is_whitespace) {
        let is_setting = SETTING.iter().any(|setting| word.eq_ignore_ascii_case(setting));
        let is_option = matches!(word, "-x" | "-gx" | "-Ux" | "-xg" | "-xU" | "-" | "/M" | "/m" | "$" | ">");
        if !is_setting && !is_option {
            break;
        }
        line = rest.trim_start().trim_start_matches(['"', '\'']);
    }
    line
}

/// A value out of its quotes, or up to the next blank; and what is behind it.
fn quoted(text: &str) -> (&str, &str) {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'));
    if let Some(quote) = quote
        && let Some(end) = text[1..].find(quote)
    {
        return (&text[1..=end], &text[end + 2..]);
    }
    let ends = |c: char| c.is_whitespace() || matches!(c, ';' | '&' | ',' | '"' | '\'' | '`');
    let end = text.find(ends).unwrap_or(text.len());
    text.split_at(end)
}
