//! The pure engine from outside.

mod absorption;
mod lifecycle;
mod matching;
