//! The pure engine from outside.

mod matching;
