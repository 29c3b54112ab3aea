//! How much of a stranger's file is read before it is refused.

/// What a file may cost us; the defaults are far above any class list and far below what hurts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Size of the file itself.
    pub container_bytes: usize,
    /// Size of its parts once unpacked, counted while unpacking.
    pub inflated_bytes: usize,
    /// Parts in an XLSX container.
    pub entries: usize,
    /// Rows that hold something.
    pub rows: usize,
    /// Columns that hold something.
    pub columns: usize,
    /// Characters in one cell.
    pub cell_chars: usize,
}

impl Limits {
    /// For the tables of ESCO: its relations are 126,000 rows in 30 MB, its lists of labels and descriptions longer than any cell of a class
    /// list. Fewer columns keep what a file can cost where it was.
    #[must_use]
    pub fn of_esco() -> Self {
        Self { container_bytes: 64 * 1024 * 1024, rows: 250_000, columns: 24, cell_chars: 20_000, ..Self::default() }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            container_bytes: 10 * 1024 * 1024,
            inflated_bytes: 64 * 1024 * 1024,
            entries: 200,
            rows: 100_000,
            columns: 64,
            cell_chars: 2_000,
        }
    }
}
