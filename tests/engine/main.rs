//! The pure engine from outside.

mod absorption;
mod catalogue;
mod lifecycle;
mod matching;
mod regions;
mod resolve;
mod stemming;
mod vocabulary;
mod wording;
