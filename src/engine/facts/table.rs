//! A reader for the comma-separated files that are compiled into the binary.
//!
//! It knows quoted fields and doubled quotes, nothing more: files that people bring go through `sheet`, never through here.

/// The rows of a comma-separated text, header first; blank lines are left out.
#[must_use]
pub fn rows(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let (mut row, mut field, mut quoted) = (Vec::new(), String::new(), false);
    let mut letters = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                field.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut field)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            _ => field.push(c),
        }
    }
    if !field.is_empty() || !row.is_empty() {
        row.push(field);
        rows.push(row);
    }
    rows.retain(|row| row.iter().any(|field| !field.is_empty()));
    rows
}

/// One row with its fields by column name; a missing column reads as empty.
#[derive(Debug)]
pub struct Row<'a> {
    header: &'a [String],
    fields: &'a [String],
}

impl<'a> Row<'a> {
    /// The trimmed field under this column.
    #[must_use]
    pub fn get(&self, column: &str) -> &'a str {
        let place = self.header.iter().position(|name| name == column);
        place.and_then(|place| self.fields.get(place)).map_or("", |field| field.trim())
    }

    /// The trimmed field, or `None` where it is empty.
    #[must_use]
    pub fn filled(&self, column: &str) -> Option<String> {
        let field = self.get(column);
        (!field.is_empty()).then(|| field.to_owned())
    }
}

/// Reads a text with a header row and keeps every row that `read` understands.
pub fn read<T>(text: &str, read: impl Fn(&Row<'_>) -> Option<T>) -> Vec<T> {
    let rows = rows(text);
    let Some((header, body)) = rows.split_first() else {
        return Vec::new();
    };
    body.iter().filter_map(|fields| read(&Row { header, fields })).collect()
}
