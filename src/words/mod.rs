//! Every sentence people read, in Indonesian and English. A missing translation does not compile.
//!
//! A message is data (an enum with its figures); [`Say::say`] renders it in a language. No floor writes a
//! sentence of its own; nothing here knows about HTTP, databases or files.

use crate::coded_enum;

pub mod dates;
pub mod flag;
pub mod import;
pub mod matching;
pub mod refusal;
pub mod report;
