//! Evidence files, sealed.
