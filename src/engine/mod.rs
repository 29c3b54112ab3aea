//! The pure engine: the words of the trade as types, and the arithmetic of matching and absorption.
//!
//! It never does I/O, never reads a clock, never draws a random number of its own, and cannot fail on data:
//! it returns values and reasons. `today` is always an argument. Nothing of the upper floors is known here.

pub mod absorption;
pub mod advert;
pub mod allocation;
pub mod catalogue;
pub mod coded;
pub mod day;
pub mod duplicate;
pub mod esco;
pub mod facts;
pub mod geo;
pub mod id;
pub mod kinds;
pub mod lifecycle;
pub mod matching;
pub mod money;
pub mod name;
pub mod nik;
pub mod occupation;
pub mod phone;
pub mod plan;
pub mod regions;
pub mod resolve;
pub mod text;
pub mod unit_code;
