//! Allocation, beside a search through everything where the problem is small enough for one.

#![allow(clippy::indexing_slicing, clippy::allow_attributes, reason = "a test that names a person who is not there should stop")]

mod brute;
mod markets;
mod maximum;
mod proof;
mod stable;
mod structure;
mod teaching;
mod worlds;
