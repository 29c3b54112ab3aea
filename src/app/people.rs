//! Registering and editing people.
