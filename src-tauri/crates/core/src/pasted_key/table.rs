//! Keys in a table: the CSV file of the IAM console, whose first line has the names.

use std::borrow::Cow;

use super::{Field, Found};

/// What a spreadsheet may have made of the commas.
const SEPARATORS: [char; 3] = [',', ';', '\t'];

/// A key for each row; `None` where the first line names no key.
pub(super) fn read(text: &str) -> Option<Vec<Found>> {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let heading = lines.next()?;
    let (separator, columns) = SEPARATORS.into_iter().find_map(|separator| {
        let fields: Vec<Option<Field>> = cells(heading, separator).iter().map(|name| Field::of(name)).collect();
        let has = |field| fields.contains(&Some(field));
        (has(Field::Id) && has(Field::Secret)).then_some((separator, fields))
    })?;
    let row = |line| {
        let mut found = Found::default();
        for (field, value) in columns.iter().zip(cells(line, separator)) {
            if let Some(field) = field {
                found.put(*field, &value);
            }
        }
        found
    };
    Some(lines.map(row).collect())
}

/// The cells of a line; quotes around one keep separators in it, and are doubled inside.
fn cells(line: &str, separator: char) -> Vec<Cow<'_, str>> {
    let mut cells = Vec::new();
    let (mut start, mut is_quoted) = (0, false);
    for (at, c) in line.char_indices() {
        if c == '"' {
            is_quoted = !is_quoted;
        } else if c == separator && !is_quoted {
            cells.push(unquote(&line[start..at]));
            start = at + c.len_utf8();
        }
    }
    cells.push(unquote(&line[start..]));
    cells
}

fn unquote(cell: &str) -> Cow<'_, str> {
    let cell = cell.trim();
    match cell.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(inside) if inside.contains("\"\"") => Cow::Owned(inside.replace("\"\"", "\"")),
        Some(inside) => Cow::Borrowed(inside),
        None => Cow::Borrowed(cell),
    }
}
