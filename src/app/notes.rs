//! Notes on records.
