//! Files in, rows out, and back.
