//! Allocation through the core's own door.

mod stable;
mod teaching;
mod worlds;
