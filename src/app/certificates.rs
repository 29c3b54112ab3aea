//! Certificates: of one person, of a whole class, revoked, verified.
