//! The graduate’s page.
