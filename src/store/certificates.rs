//! Certificates and their units.
