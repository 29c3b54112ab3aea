//! Match lists, near misses, the other direction.
