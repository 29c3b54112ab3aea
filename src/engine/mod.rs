//! The pure engine: the words of the trade as types, and the arithmetic of matching and absorption.
//!
//! It never does I/O, never reads a clock, never draws a random number of its own, and cannot fail on data:
//! it returns values and reasons. `today` is always an argument. Nothing of the upper floors is known here.

