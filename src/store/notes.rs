//! Notes, evidence files, consents.
