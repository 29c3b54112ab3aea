//! Allocation, beside a search through everything where the problem is small enough for one.

mod brute;
mod markets;
mod maximum;
mod proof;
mod stable;
mod structure;
mod worlds;
